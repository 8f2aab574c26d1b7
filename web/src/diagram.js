// The diagram of a task or request with "you are here". On a slow line it comes when asked for; the table is there.
import { slow } from "./lib/line.js";

const words = (text) => (text ?? "").split(" ").filter(Boolean);

async function paint(box) {
  const { draw, label, mark, show, zoomButtons } = await import("./lib/canvas.js");
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

function offer(box) {
  const frame = box.closest(".canvas-frame");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = document.documentElement.lang === "en" ? "Load the diagram (about 80 kB)" : "Muat diagram (sekitar 80 kB)";
  button.addEventListener("click", () => {
    button.remove();
    frame.hidden = false;
    paint(box);
  });
  frame.hidden = true;
  frame.before(button);
}

for (const box of document.querySelectorAll("[data-diagram]:not([data-replay])")) {
  if (slow) offer(box);
  else await paint(box);
}
