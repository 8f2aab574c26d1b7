// Charts from the tables beside them: a column with data-series is a series, its cells hold data-value.
import {
  BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
} from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

const MOST_BARS = 12;
const LONGEST = 42; // letters of a name beside a bar, fewer on a phone
const LETTER = 18; // pixels of chart for each of them
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const ink = () => getComputedStyle(document.body).color;
const inked = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function read(table) {
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  return {
    names: rows.map((row) => row.cells[0].firstChild.textContent.trim()),
    series: heads.flatMap((head, place) => head.dataset.series
      ? [{ kind: head.dataset.series, label: head.textContent, values: rows.map((row) => Number(row.cells[place].dataset.value)) }]
      : []),
  };
}

// The rows with the largest sums, so that a hundred SOPs still make a readable chart.
function largest({ names, series }, longest) {
  const sum = (place) => series.reduce((total, one) => total + one.values[place], 0);
  const order = names.map((_, place) => place).filter(sum).sort((one, other) => sum(other) - sum(one)).slice(0, MOST_BARS);
  const short = (text) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
  return {
    names: order.map((place) => short(names[place])),
    series: series.map((one) => ({ ...one, values: order.map((place) => one.values[place]) })),
  };
}

const dataset = ({ kind, label, values }) => kind === "share"
  ? { type: "line", label, data: values, yAxisID: "share", borderColor: ink(), backgroundColor: ink(), borderWidth: 2, pointRadius: 3, order: 0 }
  : { label, data: values, backgroundColor: inked(`--light-${kind}`), stack: "all", order: 1, maxBarThickness: 48 };

function options(kind, many) {
  const text = ink();
  const ticks = { color: text, precision: 0 };
  const grid = { color: "rgba(128, 128, 128, .25)" };
  const shared = { responsive: true, maintainAspectRatio: false, animation: still ? false : { duration: 300 }, plugins: { legend: { position: "bottom", labels: { color: text, usePointStyle: true } } } };
  if (kind === "months") {
    return { ...shared, scales: { x: { stacked: true, ticks, grid: { display: false } }, y: { stacked: true, beginAtZero: true, ticks, grid },
      share: { position: "right", min: 0, max: 100, ticks: { ...ticks, callback: (value) => `${value}%` }, grid: { display: false } } } };
  }
  return { ...shared, indexAxis: "y", scales: { x: { stacked: true, beginAtZero: true, ticks, grid }, y: { stacked: true, ticks: { ...ticks, autoSkip: many > 2 * MOST_BARS }, grid: { display: false } } } };
}

function show(canvas) {
  const kind = canvas.dataset.chart;
  const whole = read(document.getElementById(canvas.dataset.source));
  const { names, series } = kind === "bars" ? largest(whole, Math.min(LONGEST, Math.floor(canvas.parentElement.clientWidth / LETTER))) : whole;
  if (names.length === 0) {
    canvas.parentElement.hidden = true;
    return;
  }
  if (kind === "bars") canvas.parentElement.style.height = `${6 + names.length * 2}rem`;
  Chart.getChart(canvas)?.destroy();
  new Chart(canvas, { type: "bar", data: { labels: names, datasets: series.map(dataset) }, options: options(kind, names.length) });
}

const canvases = [...document.querySelectorAll("canvas[data-chart]")];
canvases.forEach(show);
dark.addEventListener("change", () => canvases.forEach(show));
window.addEventListener("beforeprint", () => canvases.forEach((canvas) => Chart.getChart(canvas)?.resize()));
