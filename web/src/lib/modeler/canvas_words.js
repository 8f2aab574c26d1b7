// The words of bpmn-js in Bahasa Indonesia; a page in English keeps the originals.
import { inEnglish } from "./dom.js";

const WORDS = {
  "Activate hand tool": "Geser kanvas",
  "Activate lasso tool": "Pilih beberapa elemen",
  "Activate create/remove space tool": "Beri atau ambil ruang",
  "Activate global connect tool": "Sambungkan elemen",
  "Create start event": "Peristiwa mulai",
  "Create intermediate/boundary event": "Peristiwa antara atau pada batas kegiatan",
  "Create end event": "Peristiwa akhir",
  "Create gateway": "Gerbang keputusan",
  "Create task": "Kegiatan",
  "Create expanded sub-process": "Subproses",
  "Create pool/participant": "Kolam (instansi)",
  "Append task": "Tambah kegiatan sesudahnya",
  "Append gateway": "Tambah gerbang keputusan sesudahnya",
  "Append end event": "Tambah peristiwa akhir",
  "Append intermediate/boundary event": "Tambah peristiwa antara",
  "Append receive task": "Tambah penerimaan pesan",
  "Append message intermediate catch event": "Tambah penantian pesan",
  "Append timer intermediate catch event": "Tambah penantian waktu",
  "Append conditional intermediate catch event": "Tambah penantian kondisi",
  "Append signal intermediate catch event": "Tambah penantian sinyal",
  "Append compensation activity": "Tambah kegiatan kompensasi",
  "Add text annotation": "Tambah catatan",
  "Add lane above": "Tambah pelaksana di atas",
  "Add lane below": "Tambah pelaksana di bawah",
  "Divide into two lanes": "Bagi menjadi dua pelaksana",
  "Divide into three lanes": "Bagi menjadi tiga pelaksana",
  "Connect to other element": "Sambungkan ke elemen lain",
  "Connect using association": "Sambungkan dengan asosiasi",
  "Connect using data input association": "Sambungkan sebagai masukan data",
  "Change element": "Ganti jenis",
  "Change type": "Ganti jenis",
  Delete: "Hapus",
  Search: "Cari",
  "Search in diagram": "Cari di diagram",
  "No matching elements": "Tidak ada elemen yang cocok",
  "Align elements": "Ratakan elemen",
  "Align elements left": "Ratakan kiri",
  "Align elements center": "Ratakan tengah",
  "Align elements right": "Ratakan kanan",
  "Align elements top": "Ratakan atas",
  "Align elements middle": "Ratakan tengah tegak",
  "Align elements bottom": "Ratakan bawah",
  "Distribute elements horizontally": "Sebar mendatar",
  "Distribute elements vertically": "Sebar tegak",
  "Open {element}": "Buka {element}",
  Loop: "Berulang selama kondisi",
  "Parallel multi-instance": "Banyak sekaligus",
  "Sequential multi-instance": "Banyak berurutan",
  "Toggle non-interrupting": "Tidak menghentikan kegiatan",
  Task: "Tugas tanpa jenis",
  "User task": "Kegiatan (tugas orang)",
  "Service task": "Pekerjaan sistem",
  "Send task": "Kirim pesan",
  "Receive task": "Terima pesan",
  "Manual task": "Kegiatan tangan (dikonfirmasi)",
  "Business rule task": "Tabel keputusan",
  "Script task": "Hitungan (FEEL)",
  "Call activity": "Panggil SOP lain",
  Transaction: "Transaksi",
  "Event sub-process": "Subproses peristiwa",
  "Sub-process": "Subproses",
  "Sub-process (collapsed)": "Subproses (terlipat)",
  "Sub-process (expanded)": "Subproses (terbuka)",
  "Exclusive gateway": "Gerbang eksklusif: satu jalan",
  "Parallel gateway": "Gerbang paralel: semua jalan",
  "Inclusive gateway": "Gerbang inklusif: satu atau lebih jalan",
  "Event-based gateway": "Gerbang peristiwa: yang lebih dulu",
  "Expanded pool/participant": "Kolam",
  "Start event": "Mulai",
  "Intermediate throw event": "Peristiwa antara",
  "Boundary event": "Peristiwa pada batas",
  "End event": "Akhir",
  "Sequence flow": "Alur biasa",
  "Default flow": "Alur bawaan",
  "Conditional flow": "Alur berkondisi",
};
const TRIGGERS = {
  Message: "pesan", Timer: "waktu", Conditional: "kondisi", Signal: "sinyal", Error: "galat", Escalation: "eskalasi",
  Compensation: "kompensasi", Cancel: "pembatalan", Terminate: "penghentian", Link: "sambungan",
};
const PLACES = {
  "start event": "Mulai oleh {trigger}",
  "intermediate catch event": "Menunggu {trigger}",
  "intermediate throw event": "Melepas {trigger}",
  "boundary event": "Pada batas: {trigger}",
  "end event": "Akhir dengan {trigger}",
};

// "Timer boundary event (non-interrupting)" and its kin are put together from a place and a trigger.
function typedEvent(english) {
  const found = english.match(/^(\w+) ((?:start|intermediate catch|intermediate throw|boundary|end) event)( \(non-interrupting\))?$/);
  if (!found || !TRIGGERS[found[1]]) return null;
  return PLACES[found[2]].replace("{trigger}", TRIGGERS[found[1]]) + (found[3] ? " (kegiatan tetap berjalan)" : "");
}

export function canvasWord(english, values = {}) {
  const chosen = inEnglish ? english : (WORDS[english] ?? typedEvent(english) ?? english);
  return chosen.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const canvasWords = { translate: ["value", canvasWord] };
