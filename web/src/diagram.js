// The diagram of a task or request with "you are here".
import { draw, label, mark, show, zoomButtons } from "./lib/canvas.js";

const words = (text) => (text ?? "").split(" ").filter(Boolean);

for (const box of document.querySelectorAll("[data-diagram]:not([data-replay])")) {
  const viewer = await draw(box);
  const { active, done, late, here, hereText } = box.dataset;
  mark(viewer, { active: words(active), done: words(done), late: words(late) });
  const place = here || words(active)[0];
  if (place) {
    label(viewer, place, hereText);
    show(viewer, place);
  }
  zoomButtons(viewer, box);
}
