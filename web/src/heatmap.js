// The heatmap: elements and flows of a diagram coloured by a measure, in five steps that the legend names.
import { draw, zoomButtons } from "./lib/canvas.js";

const STEPS = 5;
const SHORTEST = 60; // flows with less have no figure on them
const [ELEMENTS_FROM, FLOWS_FROM] = [0.45, 0.7]; // zoom below which figures would only cover the drawing
const box = document.querySelector("[data-heatmap]");
const legend = document.querySelector("[data-legend]");
const { measures } = JSON.parse(document.querySelector("#peta").textContent);
const viewer = await draw(box);
const canvas = viewer.get("canvas");
const registry = viewer.get("elementRegistry");
const overlays = viewer.get("overlays");
zoomButtons(viewer, box);

const stepOf = (value, { bounds }) => 1 + bounds.filter((bound) => value > bound).length;

function note(id, text) {
  const element = registry.get(id);
  const tag = document.createElement("div");
  tag.className = "heat-note";
  tag.textContent = text;
    const flow = Boolean(element.waypoints);
  if (flow && length(element) < SHORTEST) return; // no room for a figure; the table has it
  overlays.add(id, "heat", {
    position: flow ? middle(element) : { bottom: 12, right: 8 + text.length * 6 },
    show: { minZoom: flow ? FLOWS_FROM : ELEMENTS_FROM },
    html: tag,
  });
}

const length = ({ waypoints }) => waypoints.slice(1).reduce((sum, { x, y }, place) => sum + Math.hypot(x - waypoints[place].x, y - waypoints[place].y), 0);

// Where the middle of a flow's longest piece lies, seen from the corner of its box.
function middle({ waypoints }) {
  const left = Math.min(...waypoints.map(({ x }) => x));
  const top = Math.min(...waypoints.map(({ y }) => y));
  const pieces = waypoints.slice(1).map((end, place) => [waypoints[place], end]);
  const extent = ([one, other]) => Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
  const [one, other] = pieces.reduce((best, piece) => (extent(piece) > extent(best) ? piece : best));
  return { left: (one.x + other.x) / 2 - left - 8, top: (one.y + other.y) / 2 - top - 8 };
}

function paint(measure) {
  overlays.remove({ type: "heat" });
  registry.forEach(({ id }) => Array.from({ length: STEPS }, (_, step) => canvas.removeMarker(id, `heat-${step + 1}`)));
  const chosen = measures[measure];
  for (const [id, [value, text]] of Object.entries(chosen.values)) {
    if (!registry.get(id)) continue;
    canvas.addMarker(id, `heat-${stepOf(value, chosen)}`);
    note(id, text);
  }
  legend.replaceChildren(...chosen.legend.map((text, step) => {
    const item = document.createElement("li");
    item.className = `heat-swatch heat-swatch-${step + 1}`;
    item.textContent = text;
    return item;
  }));
}

document.querySelectorAll("[data-needs-script]").forEach((one) => (one.hidden = false));
const choices = document.querySelector(".heat-bar");
choices.addEventListener("change", ({ target }) => paint(target.value));
paint(choices.querySelector("input:checked").value);
