// Panel: the identity of the SOP (its cover page), and the performer of a lane.
import { h, setup, t } from "./dom.js";
import { group, listField, selectField, textField } from "./fields.js";
import { found, texts } from "./sop.js";

export function identityGroups(element, studio) {
  const { sop, panel } = studio;
  const process = sop.process();
  if (!process) return [h("p", {}, t("Diagram ini belum mempunyai proses. Letakkan kolam dari palet."))];
  const identity = found(process, "sop:Identitas");
  const root = sop.root();
  const put = (name) => (value) => panel.apply(() => sop.extend(root, process, "sop:Identitas", { [name]: value.trim() }));
  const text = (label, name, more) => textField(label, identity?.[name], put(name), { name, ...more });
  const box = (label, name) => listField(label, texts(identity, name), (lines) => panel.apply(() => sop.list(root, process, "sop:Identitas", name, lines)), { name });
  const pool = sop.pool();
  return [
    group(t("SOP"), { name: "sop" }, [
      textField(t("Nama SOP"), process.name, (name) => panel.apply(() => sop.set(root, process, { name })), { name: "process-name", rows: 2 }),
      pool.businessObject.processRef && textField(t("Nama kolam (instansi di gambar)"), pool.businessObject.name, (value) => panel.apply(() => studio.rename(pool, "name", value)), { name: "name" }),
      h("p.small.text-secondary.m-0", {}, t("Kunci: {key}", { key: process.id })),
      source(process),
    ]),
    group(t("Identitas SOP"), { name: "identitas" }, [
      text(t("Nomor SOP"), "nomor"),
      text(t("Tanggal pembuatan"), "tanggalPembuatan", { type: "date" }),
      text(t("Tanggal revisi"), "tanggalRevisi", { type: "date" }),
      text(t("Tanggal efektif"), "tanggalEfektif", { type: "date" }),
      text(t("Disahkan oleh"), "disahkanOleh"),
      text(t("Instansi"), "instansi"),
      text(t("Unit"), "unit"),
      selectField(t("Kerahasiaan"), identity?.kerahasiaan ?? "biasa", [["biasa", t("biasa")], ["terbatas", t("terbatas")], ["rahasia", t("rahasia")]], put("kerahasiaan"), { name: "kerahasiaan" }),
    ]),
    group(t("Kotak sampul SOP"), { name: "sampul", open: false }, [
      box(t("Dasar hukum"), "dasarHukum"),
      box(t("Kualifikasi pelaksana"), "kualifikasiPelaksana"),
      box(t("Keterkaitan"), "keterkaitan"),
      box(t("Peralatan/perlengkapan"), "peralatan"),
      box(t("Peringatan"), "peringatan"),
      box(t("Pencatatan dan pendataan"), "pencatatan"),
    ]),
  ];
}

function source(process) {
  const origin = found(process, "sop:Sumber");
  if (!origin) return null;
  const where = t("Sumber: dokumen {doc}, baris {lines}.", { doc: origin.dokumen || "–", lines: origin.baris || "–" });
  return h("p.small.text-secondary.m-0", {}, where, " ", origin.isi ?? "");
}

export function laneGroup(element, studio) {
  const { sop, panel } = studio;
  const lane = element.businessObject;
  const performer = found(lane, "sop:Pelaksana");
  const put = (name) => (value) => panel.apply(() => sop.extend(element, lane, "sop:Pelaksana", { jenis: performer?.jenis ?? "pegawai", [name]: value.trim() }), { redraw: true });
  const role = performer?.peran ?? "";
  const known = setup.roles.find(({ key }) => key === role);
  const hint = !role ? t("Pilih peran; tanpa peran tidak seorang pun melihat tugas lajur ini.")
    : known ? t("Peran: {name}", { name: known.name }) : t("Peran ini tidak dikenal di server; periksa ejaannya.");
  return group(t("Pelaksana"), { name: "pelaksana" }, [
    textField(t("Peran"), role, put("peran"), { name: "peran", choices: setup.roles, hint }),
    selectField(t("Jenis pelaksana"), performer?.jenis ?? "pegawai", [["pemohon", t("pemohon (warga atau yang meminta)")], ["pegawai", t("pegawai")], ["eksternal", t("eksternal (instansi luar)")]], put("jenis"), { name: "jenis" }),
  ]);
}
