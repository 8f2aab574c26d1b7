// Panel: the mutu baku of an activity, its form, who gets it, and what was assumed.
import { h, setup, t } from "./dom.js";
import { group, listField, selectField, textField } from "./fields.js";
import { formFor, lacksDecision } from "./form_for.js";
import { renameForm } from "./names.js";
import { found, PERSONAL, texts } from "./sop.js";
import { readingWords, readWaktu, watching, watchOver } from "./waktu.js";

const FORM_KEY = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

export function taskGroups(element, studio) {
  const personal = PERSONAL.includes(element.businessObject.$type);
  const groups = [qualityGroup(element, studio)];
  if (personal) groups.push(formGroup(element, studio));
  groups.push(restGroup(element, studio, personal));
  return groups;
}

function qualityGroup(element, studio) {
  const { sop, panel } = studio;
  const one = element.businessObject;
  const quality = found(one, "sop:MutuBaku");
  const put = (properties, more) => panel.apply(() => sop.extend(element, one, "sop:MutuBaku", properties), more);
  const list = (label, name) => listField(label, texts(quality, name), (lines) => panel.apply(() => sop.list(element, one, "sop:MutuBaku", name, lines)), { name });
  const limit = (label, name) => textField(label, quality?.[name], (value) => put({ [name]: value.trim() || undefined }, { redraw: true }), { name: `mutu-${name}`, hint: name === "max" ? t("Durasi ISO 8601: PT30M, PT4H, P3D.") : undefined });
  return group(t("Mutu baku"), { name: "mutu" }, [
    textField(t("No"), quality?.no, (no) => put({ no: no.trim() }), { name: "no" }),
    textField(t("Waktu"), quality?.waktu, (words) => readInto(words, put, studio), { name: "waktu", hint: t("Kata-kata seperti di naskah: 30 menit, 14 s.d. 30 hari, 1 x 24 jam.") }),
    h("p.modeler-reading.small", { role: "status" }, quality ? readingWords(quality) : t("Belum ada mutu baku.")),
    h("details", { open: Boolean(quality?.waktu && !quality.max) }, h("summary.small", {}, t("Betulkan bacaan waktu")),
      limit(t("Paling cepat"), "min"), limit(t("Paling lambat"), "max"),
      selectField(t("Kalender"), quality?.kalender ?? "kerja", [["kerja", t("jam kerja")], ["kalender", t("24 jam")]], (kalender) => put({ kalender }, { redraw: true }), { name: "kalender" })),
    timerLine(element, quality, studio),
    list(t("Kelengkapan"), "kelengkapan"),
    list(t("Output"), "output"),
    textField(t("Keterangan"), found(one, "sop:Keterangan")?.isi, (value) => panel.apply(() => sop.say(element, one, "sop:Keterangan", value.trim())), { name: "keterangan", rows: 2 }),
  ]);
}

// The words are kept at once; their reading comes from the server and may be corrected afterwards.
async function readInto(words, put, studio) {
  put({ waktu: words.trim() });
  await studio.guarded(async () => {
    const { min, max, kalender } = await readWaktu(words);
    put({ min: min ?? undefined, max: max ?? undefined, kalender }, { redraw: true });
  });
}

function timerLine(element, quality, studio) {
  if (!quality?.max || !PERSONAL.includes(element.businessObject.$type)) return null;
  const there = watching(element);
  if (there?.duration.body === quality.max) return h("p.small.m-0", {}, t("Pengatur waktu pada kegiatan sesuai mutu baku."));
  const words = there ? t("Samakan pengatur waktu dengan mutu baku") : t("Pasang pengatur waktu dari mutu baku");
  return h("button.btn.btn-sm", { type: "button", onclick: () => studio.step(() => watchOver(studio, element)) }, words);
}

export function formGroup(element, studio) {
  const { sop, panel, draft } = studio;
  const one = element.businessObject;
  const form = found(one, "sop:Formulir");
  const key = form?.kunci ?? "";
  const known = key in draft.forms;
  const page = `/sop/${encodeURIComponent(setup.key)}/formulir/${encodeURIComponent(key)}`;
  const put = (value) => {
    const fresh = value.trim();
    if (fresh && !FORM_KEY.test(fresh)) return studio.warn(t("Kunci formulir: huruf, angka, titik, tanda hubung atau garis bawah."));
    if (!fresh) return panel.apply(() => sop.drop(element, one, "sop:Formulir"), { redraw: true });
    if (known && !(fresh in draft.forms)) return studio.guarded(() => renameForm(sop, draft, key, fresh));
    return panel.apply(() => sop.extend(element, one, "sop:Formulir", { kunci: fresh }), { redraw: true });
  };
  const choices = Object.keys(draft.forms).map((name) => ({ key: name }));
  return group(t("Formulir"), { name: "formulir" }, [
    textField(t("Kunci formulir"), key, put, { name: "formulir", choices, hint: key && !known ? t("Formulir ini belum ada dalam rancangan.") : t("Mengganti kunci mengganti formulirnya di semua kegiatan yang memakainya.") }),
    h("div.d-flex.flex-wrap.gap-2", {},
      key && h("a.btn.btn-sm", { href: page, "data-leave": true }, known ? t("Sunting formulir") : t("Buat di penyunting formulir")),
      lacksDecision(one, draft.forms[key]) && h("button.btn.btn-sm", { type: "button", onclick: () => studio.guarded(() => formFor(studio, element)) }, t("Tambah pilihan gerbang ke formulir")),
      !known && h("button.btn.btn-sm", { type: "button", onclick: () => studio.guarded(() => formFor(studio, element)) }, t("Buat dari mutu baku dan gerbang"))),
  ]);
}

function restGroup(element, studio, personal) {
  const { sop, panel } = studio;
  const one = element.businessObject;
  const assignee = found(one, "sop:Penugasan")?.kepada;
  const assume = (value) => panel.apply(() => sop.say(element, one, "sop:Asumsi", value.trim()));
  const assign = (value) => panel.apply(() => (value.trim() ? sop.extend(element, one, "sop:Penugasan", { kepada: value.trim() }) : sop.drop(element, one, "sop:Penugasan")));
  return group(t("Lainnya"), { name: "lain", open: Boolean(assignee || found(one, "sop:Asumsi")) }, [
    personal && textField(t("Langsung kepada"), assignee, assign, { name: "penugasan", hint: t("Nama pengguna, atau = dan FEEL yang menghasilkannya. Kosong: terbuka bagi pemegang peran.") }),
    textField(t("Asumsi"), found(one, "sop:Asumsi")?.isi, assume, { name: "asumsi", rows: 2, hint: t("Apa yang tidak disebut naskah dan diputuskan saat menggambar.") }),
  ]);
}
