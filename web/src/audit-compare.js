// Two requests side by side: what each history left on its diagram.
import { draw, mark, zoomButtons } from "./lib/canvas.js";

for (const box of document.querySelectorAll("[data-compared]")) {
  const marks = JSON.parse(document.getElementById(box.dataset.compared).textContent);
  const viewer = await draw(box);
  zoomButtons(viewer, box);
  mark(viewer, { active: marks.active, done: marks.done, "was-late": marks.late });
}
