// The keys of the canvas, in a dialog; and those that are Alur's own: through the elements, into the panel and back.
import { h, t } from "./dom.js";
import { nodes, notes } from "./shapes.js";

// Single letters count only while the canvas has the focus (WCAG 2.1.4).
const OWN = {
  a: ({ panel }) => panel.focus("tambah-jenis"),
  n: (studio) => walk(studio, 1),
  b: (studio) => walk(studio, -1),
  p: ({ panel }) => panel.enter(),
};

function walk(studio, step) {
  const every = [...nodes(studio.sop), ...notes(studio.sop)];
  const [chosen] = studio.modeler.get("selection").get();
  const place = every.indexOf(chosen);
  if (chosen?.source) return studio.show((step > 0 ? chosen.target : chosen.source).id); // from a flow to its ends
  const next = every[place < 0 ? 0 : (place + step + every.length) % every.length];
  return next && studio.show(next.id);
}

export function ownKeys(studio) {
  const keyboard = studio.modeler.get("keyboard");
  keyboard.addListener(({ keyEvent }) => {
    const own = !keyEvent.ctrlKey && !keyEvent.metaKey && !keyEvent.altKey && OWN[keyEvent.key.toLowerCase()];
    if (!own) return undefined;
    own(studio);
    return true;
  });
  studio.panel.box.parentElement.addEventListener("keydown", (event) => {
    if (event.key === "Escape") studio.modeler.get("canvas").focus();
  });
}

export function shortcuts(dialog) {
  const keys = [
    ["A", t("Tambah sesudah elemen terpilih (ke panel)")], ["N, B", t("Elemen berikutnya, elemen sebelumnya")], ["P", t("Ke panel sifat; Esc kembali ke kanvas")],
    ["Ctrl+Z", t("Urungkan")], ["Ctrl+Y", t("Ulangi")], ["Ctrl+F", t("Cari elemen")], ["Ctrl+A", t("Pilih semua")],
    ["Ctrl+C, Ctrl+V", t("Salin, tempel")], ["Del", t("Hapus")], ["E", t("Sunting nama di kanvas")], ["R", t("Ganti jenis")], ["H", t("Geser kanvas")],
    ["L", t("Pilih beberapa")], ["S", t("Beri atau ambil ruang")], ["C", t("Sambungkan")], ["T", t("Simulasi token")],
    [t("Panah"), t("Geser elemen terpilih; dengan Ctrl menggeser kanvas")], ["Ctrl + / Ctrl −", t("Perbesar, perkecil")], ["Ctrl+0", t("Ukuran asli")],
  ];
  const close = h("button.btn.btn-primary", { type: "button", onclick: () => dialog.close() }, t("Tutup"));
  dialog.replaceChildren(
    h("h2", { id: "judul-dialog", tabindex: -1, autofocus: true }, t("Pintasan kanvas")),
    h("h3", {}, t("Menggambar tanpa tetikus")),
    h("ol", {}, [
      t("Pilih elemen: N dan B di kanvas, Cari elemen, atau daftar elemen di bawah gambar."),
      t("Di panel, bagian Menggambar: pilih jenis, isi nama, pilih lajur, Enter. Elemen baru tersambung dan langsung terpilih, jadi Anda dapat menambah yang berikutnya."),
      t("Di bagian yang sama: sambungkan ke elemen lain, pindahkan ke lajur lain, pasang pengatur waktu, ganti jenis, hapus. Alur dipilih dari Jalan keluar, lalu dapat disambungkan ulang."),
      t("Tanpa elemen terpilih, panel menambah pelaksana dan menyunting identitas SOP."),
      t("Tata ulang merapikan letak semua elemen."),
    ].map((words) => h("li", {}, words))),
    h("h3", {}, t("Tombol papan ketik")),
    h("p", {}, t("Berlaku saat kanvas terpilih (fokus ada padanya).")),
    h("dl.data-list", {}, keys.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)])),
    close,
  );
  dialog.showModal();
}
