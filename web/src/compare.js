// Two drawings beside each other: what differs is coloured, both move and zoom together, a row of the table shows its place.
import { draw, show, zoomButtons } from "./lib/canvas.js";

const KINDS = ["added", "removed", "moved", "changed"];

function colour(viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  for (const kind of KINDS) {
    for (const id of marks?.[kind] ?? []) if (registry.get(id)) canvas.addMarker(id, `diff-${kind}`);
  }
}

function follow(viewers) {
  let moving = false;
  for (const viewer of viewers) {
    viewer.get("eventBus").on("canvas.viewbox.changed", ({ viewbox }) => {
      if (moving) return;
      moving = true;
      const { x, y, width, height } = viewbox;
      for (const other of viewers) if (other !== viewer) other.get("canvas").viewbox({ x, y, width, height });
      moving = false;
    });
  }
}

async function drawn(box) {
  try {
    return await draw(box);
  } catch (error) {
    console.warn(error); // a draft may be no BPMN yet
    box.textContent = box.dataset.failed;
    box.setAttribute("aria-busy", "false");
    return null;
  }
}

for (const frame of document.querySelectorAll("[data-compare]")) {
  const marks = JSON.parse(frame.querySelector("[data-marks]").textContent);
  const viewers = [];
  for (const box of frame.querySelectorAll("[data-diagram]")) {
    const viewer = await drawn(box);
    if (!viewer) continue;
    colour(viewer, marks[box.dataset.side]);
    zoomButtons(viewer, box);
    viewers.push(viewer);
  }
  follow(viewers);
  const known = (id) => viewers.filter((viewer) => viewer.get("elementRegistry").get(id));
  for (const button of document.querySelectorAll("[data-show]")) {
    if (known(button.dataset.show).length === 0) continue;
    button.disabled = false;
    button.addEventListener("click", () => {
      show(known(button.dataset.show).at(-1), button.dataset.show);
      frame.scrollIntoView({ block: "nearest" });
      for (const viewer of viewers) {
        const canvas = viewer.get("canvas");
        viewer.get("elementRegistry").forEach(({ id }) => canvas.removeMarker(id, "diff-here"));
        if (viewer.get("elementRegistry").get(button.dataset.show)) canvas.addMarker(button.dataset.show, "diff-here");
      }
    });
  }
}
document.querySelectorAll("[data-needs-script]").forEach((one) => (one.hidden = false));
