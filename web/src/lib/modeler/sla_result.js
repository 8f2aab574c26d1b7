// The answer of a simulation: figures, two charts, and tables with the same figures.
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from "chart.js";
import { h, inEnglish, t } from "./dom.js";

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

const format = new Intl.NumberFormat(inEnglish ? "en" : "id", { maximumFractionDigits: 1 });
const hours = (value) => t("{n} jam", { n: format.format(value) });
const share = (value) => (value === null ? "–" : `${format.format(value * 100)} %`);

export function showResult(box, result) {
  const { office_hours: time, calendar_days: days } = result;
  const figures = [
    [t("Tepat waktu"), share(result.on_time)], [t("Rata-rata (jam kerja)"), hours(time.mean)], [t("Separuh selesai dalam"), hours(time.median)],
    [t("90 % selesai dalam"), hours(time.q90)], [t("90 % menurut kalender"), t("{n} hari", { n: format.format(days.q90) })],
    [t("Leher botol"), result.roles.find(({ role }) => role === result.bottleneck)?.name ?? result.bottleneck ?? t("tidak ada")],
  ];
  const spread = h("canvas", { role: "img", "aria-label": t("Grafik sebaran lama permohonan; angkanya ada di tabel.") });
  const load = h("canvas", { role: "img", "aria-label": t("Grafik beban pelaksana; angkanya ada di tabel.") });
  const busy = result.roles.filter(({ utilisation }) => utilisation !== null);
  box.replaceChildren(
    h("div.sla-figures", {}, figures.map(([label, value]) => h("div", {}, h("span.text-secondary", {}, label), h("strong", {}, value)))),
    result.stable ? "" : h("div.alert.alert-warning", {}, t("Beban melebihi tenaga: antrean terus memanjang. Tambah orang atau kurangi waktu kegiatan.")),
    h("div.sla-charts", {},
      h("section", {}, h("h3", {}, t("Lama permohonan dalam jam kerja")), h("div.sla-chart", {}, spread)),
      h("section", {}, h("h3", {}, t("Beban pelaksana")), h("div.sla-chart", {}, load))),
    table(t("Pelaksana"), [t("Pelaksana"), t("Orang"), t("Beban"), t("Tunggu rata-rata"), t("Antrean terpanjang")], result.roles.map((one) => [one.name, one.staff ?? t("secukupnya"), share(one.utilisation), hours(one.wait_hours), one.queue_most])),
    table(t("Kegiatan"), [t("Kegiatan"), t("Kali per permohonan"), t("Tunggu"), t("Lama"), t("Dalam mutu baku")], result.activities.map((one) => [one.name, format.format(one.per_request), hours(one.wait_hours), hours(one.hours), share(one.on_time)])),
    table(t("Sebaran lama permohonan"), [t("Jam kerja"), t("Permohonan")], result.histogram.map((one) => [`${format.format(one.from)} – ${format.format(one.to)}`, one.requests])),
    result.assumptions.length ? h("details", {}, h("summary", {}, t("Anggapan yang dipakai")), h("ul", {}, result.assumptions.map((one) => h("li", {}, one)))) : "");
  draw(spread, result.histogram.map((one) => format.format(one.from)), result.histogram.map((one) => one.requests), "x");
  draw(load, busy.map(({ name }) => name), busy.map(({ utilisation }) => Math.round(utilisation * 1000) / 10), "y");
}

function table(caption, heads, rows) {
  const body = rows.map((cells) => h("tr", {}, cells.map((cell, place) => h("td.hyphens", { "data-label": heads[place] }, String(cell)))));
  return h("details.mt-2", {}, h("summary", {}, t("Tabel: {caption}", { caption })), h("div.table-responsive", { tabindex: 0, role: "region", "aria-label": caption },
    h("table.table.stack-table", {}, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, body))));
}

function draw(canvas, labels, values, along) {
  const ink = getComputedStyle(canvas).color;
  const axis = { ticks: { color: ink }, grid: { color: "rgba(128, 128, 128, .25)" } };
  const colours = along === "y" ? values.map((value) => (value > 100 ? "#c92a2a" : value > 85 ? "#d9822b" : "#2f7dc4")) : "#2f7dc4";
  new Chart(canvas, { type: "bar", data: { labels, datasets: [{ data: values, backgroundColor: colours }] },
    options: { indexAxis: along, animation: false, maintainAspectRatio: false, scales: { x: axis, y: axis }, plugins: { legend: { display: false } } } });
}
