// The keys of the canvas, in a dialog.
import { h, t } from "./dom.js";

export function shortcuts(dialog) {
  const keys = [
    ["Ctrl+Z", t("Urungkan")], ["Ctrl+Y", t("Ulangi")], ["Ctrl+F", t("Cari elemen")], ["Ctrl+A", t("Pilih semua")],
    ["Ctrl+C, Ctrl+V", t("Salin, tempel")], ["Del", t("Hapus")], ["E", t("Sunting nama di kanvas")], ["R", t("Ganti jenis")], ["H", t("Geser kanvas")],
    ["L", t("Pilih beberapa")], ["S", t("Beri atau ambil ruang")], ["C", t("Sambungkan")], ["T", t("Simulasi token")],
    [t("Panah"), t("Geser elemen terpilih; dengan Ctrl menggeser kanvas")], ["Ctrl + / Ctrl −", t("Perbesar, perkecil")], ["Ctrl+0", t("Ukuran asli")],
  ];
  const close = h("button.btn.btn-primary", { type: "button", onclick: () => dialog.close() }, t("Tutup"));
  dialog.replaceChildren(
    h("h2", { id: "judul-dialog" }, t("Pintasan kanvas")),
    h("p", {}, t("Berlaku saat kanvas terpilih. Tanpa tetikus: pilih elemen dari daftar elemen di bawah gambar, lalu sunting di panel sifat.")),
    h("dl.data-list", {}, keys.flatMap(([key, words]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, words)])),
    close,
  );
  dialog.showModal();
}
