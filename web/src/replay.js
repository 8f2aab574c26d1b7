// Replay of a request: frames from the server, one per history entry, shown on the diagram.
import { draw, mark, show, zoomButtons } from "./lib/canvas.js";

const box = document.querySelector("[data-replay]");
const slider = document.querySelector("#langkah");
const play = document.querySelector("[data-play]");
const rows = [...document.querySelectorAll("[data-frame]")];
const panels = [...document.querySelectorAll("[data-panel]")];
const frames = JSON.parse(document.querySelector("#frames").textContent);
const done = new Set();
let position = frames.length - 1;
let timer = null;

const viewer = await draw(box);
zoomButtons(viewer, box);

function go(to, { move = true } = {}) {
  position = Math.max(0, Math.min(frames.length - 1, to));
  done.clear();
  frames.slice(0, position + 1).forEach((frame) => [...frame.done, ...frame.flows].forEach((id) => done.add(id)));
  const frame = frames[position];
  mark(viewer, { active: frame.open, late: frame.late, done: [...done] });
  slider.value = position;
  slider.setAttribute("aria-valuetext", panels[position]?.dataset.title ?? "");
  panels.forEach((panel, place) => (panel.hidden = place !== position));
  rows.forEach((row, place) => row.toggleAttribute("aria-current", place === position));
  document.querySelector("[data-position]").textContent = `${position + 1} / ${frames.length}`;
  const place = frame.element ?? frame.open[0];
  if (move && place) show(viewer, place);
}

function pause() {
  clearInterval(timer);
  timer = null;
  play.textContent = play.dataset.play;
  play.setAttribute("aria-pressed", "false");
}

function start() {
  if (position >= frames.length - 1) go(0);
  play.textContent = play.dataset.pause;
  play.setAttribute("aria-pressed", "true");
  const speed = Number(document.querySelector("#kecepatan").value);
  timer = setInterval(() => (position >= frames.length - 1 ? pause() : go(position + 1)), 1200 / speed);
}

play.addEventListener("click", () => (timer ? pause() : start()));
slider.addEventListener("input", () => { pause(); go(Number(slider.value)); });
document.querySelector("#kecepatan").addEventListener("change", () => { if (timer) { pause(); start(); } });
document.addEventListener("click", ({ target }) => {
  const step = target.closest("[data-step]");
  const jump = target.closest("[data-jump]");
  if (step) { pause(); go(position + Number(step.dataset.step)); }
  if (jump) { pause(); go(Number(jump.dataset.jump)); }
});
document.querySelectorAll("[data-needs-script]").forEach((one) => (one.hidden = false));
go(position, { move: false });
