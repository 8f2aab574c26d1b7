// Replay of a request: frames from the server, one per history entry, shown on the diagram.
import { draw, mark, show, zoomButtons } from "./lib/canvas.js";
import { History } from "./lib/history.js";
import { Tokens } from "./lib/tokens.js";

const PACE = 1200; // milliseconds from one frame to the next at normal speed
const FAR = 60; // frames; a longer way is a jump, where nothing runs

const replay = document.querySelector("[data-replay-box]");
const box = document.querySelector("[data-replay]");
const slider = document.querySelector("#langkah");
const play = document.querySelector("[data-play]");
const speed = document.querySelector("#kecepatan");
const actsOnly = document.querySelector("#perbuatan");
const jumps = document.querySelector("#loncat");
const note = document.querySelector("[data-note]");
const live = document.querySelector("[aria-live][data-panels]");
const files = [...document.querySelectorAll("[data-files] [data-at]")];
let position = -1;
let playing = false;
let asked = 0;

document.addEventListener("history:grown", ({ detail: from }) => setTimeout(() => offerJumps(from)));
replay.hidden = false;
const history = new History(box.dataset.piece, Number(box.dataset.total));
const viewer = await draw(box);
zoomButtons(viewer, box);
const tokens = new Tokens(viewer);

// Goes to the frame at `to`; work that went on in between runs along its flows first when it is `watched`.
async function go(to, { move = true, watched = false } = {}) {
  const mine = (asked += 1);
  if (!(await load(to)) || mine !== asked) return;
  const from = position;
  position = Math.max(0, Math.min(history.frames.length - 1, to));
  const frame = history.frames[position];
  tell(from, frame);
  const flows = history.frames.slice(from + 1, position + 1).flatMap((one) => one.flows);
  const near = watched && position > from && position - from <= FAR;
  if (move) bringIntoView(near ? flows.at(-1) ?? frame.element : frame.element, frame);
  if (near) await tokens.move(flows, frame.late, (PACE * 0.8) / Number(speed.value));
  if (mine !== asked) return;
  colour(frame);
  tokens.rest(frame.open, frame.late);
}

// What has happened up to here, on the diagram; after the tokens have arrived.
function colour(frame) {
  const past = history.frames.slice(0, position + 1);
  const done = new Set(past.flatMap((one) => [...one.done, ...one.flows]));
  const late = new Set(past.flatMap((one) => one.late));
  mark(viewer, { active: frame.open, late: frame.late, done: [...done], "was-late": [...late] });
}

// The frame in words: panel, table row, slider, documents of that moment.
function tell(from, frame) {
  if (from >= 0) {
    history.panel(from).hidden = true;
    history.row(from).removeAttribute("aria-current");
  }
  const panel = history.panel(position);
  panel.hidden = false;
  history.row(position).setAttribute("aria-current", "true");
  slider.max = history.total - 1;
  slider.value = position;
  slider.setAttribute("aria-valuetext", panel.dataset.title);
  document.querySelector("[data-position]").textContent = `${position + 1} / ${history.total}`;
  files.forEach((one) => (one.hidden = one.dataset.at > frame.at));
  const none = document.querySelector("[data-no-files]");
  if (none) none.hidden = files.some((one) => !one.hidden);
}

function bringIntoView(element, frame) {
  const wanted = element ?? frame.open[0];
  if (wanted) show(viewer, wanted);
}

// Whether the frame at `to` is there; says so while it is being fetched, and when that failed.
async function load(to) {
  if (to < history.frames.length || history.complete) return true;
  note.textContent = note.dataset.loading;
  try {
    await history.upTo(to);
    note.textContent = note.dataset.hint;
  } catch {
    pause();
    slider.value = position;
    note.textContent = note.dataset.failed;
    return false;
  }
  if (history.complete) document.querySelector("[data-pager]").hidden = true;
  return true;
}

// The next place to stop at in a direction: the neighbour, or the next act of a person.
async function neighbour(direction) {
  let place = position + direction;
  while (actsOnly.checked && (await load(place)) && place > 0 && place < history.frames.length - 1) {
    if ("act" in history.panel(place).dataset) break;
    place += direction;
  }
  return place;
}

function pause() {
  playing = false;
  live.setAttribute("aria-live", "polite");
  play.textContent = play.dataset.play;
  play.setAttribute("aria-pressed", "false");
}

async function start() {
  playing = true;
  live.setAttribute("aria-live", "off"); // a screen reader could not keep up
  play.textContent = play.dataset.pause;
  play.setAttribute("aria-pressed", "true");
  if (position >= history.total - 1) await go(0);
  while (playing && position < history.total - 1) {
    const begin = performance.now();
    const before = position;
    await go(await neighbour(1), { watched: true });
    if (position === before) break;
    await new Promise((next) => setTimeout(next, PACE / Number(speed.value) - (performance.now() - begin)));
  }
  if (playing) pause();
}

async function step(direction) {
  pause();
  await go(await neighbour(direction), { watched: direction > 0 });
}

function jump(place) {
  pause();
  go(place);
}

// The choice of events to jump to: what people did, from frame `from` on.
function offerJumps(from) {
  for (let place = from; place < history.frames.length; place += 1) {
    const panel = history.panel(place);
    if ("act" in panel.dataset) jumps.add(new Option(panel.dataset.title, place));
  }
}

const KEYS = {
  " ": () => (playing ? pause() : start()),
  ArrowLeft: () => step(-1),
  ArrowRight: () => step(1),
  PageUp: () => jump(position - 10),
  PageDown: () => jump(position + 10),
  Home: () => jump(0),
  End: () => jump(history.total - 1),
};

replay.addEventListener("keydown", (event) => {
  const act = KEYS[event.key];
  const native = event.key === " " ? "a, button, input, select" : "input, select";
  if (!act || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(native)) return;
  event.preventDefault();
  act();
});
play.addEventListener("click", () => (playing ? pause() : start()));
slider.addEventListener("input", () => jump(Number(slider.value)));
jumps.addEventListener("change", () => {
  if (jumps.value !== "") jump(Number(jumps.value));
  jumps.value = "";
});
document.addEventListener("click", ({ target }) => {
  const by = target.closest("[data-step]");
  const to = target.closest("[data-jump]");
  if (by) step(Number(by.dataset.step));
  if (to) jump(history.placeOf(Number(to.dataset.jump) + 1));
});
go(history.complete ? history.frames.length - 1 : 0, { move: false });
