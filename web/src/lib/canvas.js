// A diagram on the page: bpmn-js as viewer, elements marked by what happened to them.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const STATES = ["active", "done", "late", "was-late"];

export async function draw(box) {
  const viewer = new NavigatedViewer({ container: box });
  const answer = await fetch(box.dataset.diagram, { headers: { Accept: "application/xml" } });
  if (!answer.ok) throw new Error(`diagram: ${answer.status}`);
  await viewer.importXML(await answer.text());
  fit(viewer);
  box.setAttribute("aria-busy", "false");
  return viewer;
}

export function fit(viewer) {
  viewer.get("canvas").zoom("fit-viewport", "auto");
}

export function mark(viewer, marks) {
  const canvas = viewer.get("canvas");
  const registry = viewer.get("elementRegistry");
  registry.forEach(({ id }) => STATES.forEach((state) => canvas.removeMarker(id, `is-${state}`)));
  for (const state of STATES) {
    for (const id of marks[state] ?? []) if (registry.get(id)) canvas.addMarker(id, `is-${state}`);
  }
}

export function label(viewer, id, text) {
  const overlays = viewer.get("overlays");
  overlays.remove({ type: "here" });
  if (!viewer.get("elementRegistry").get(id)) return;
  const note = document.createElement("div");
  note.className = "here";
  note.textContent = text;
  overlays.add(id, "here", { position: { top: -28, left: 0 }, html: note });
}

// Brings an element into view at a readable size; a diagram of twelve lanes is unreadable as a whole.
export function show(viewer, id, { smallest = 0.6 } = {}) {
  const canvas = viewer.get("canvas");
  const element = viewer.get("elementRegistry").get(id);
  if (!element) return;
  if (canvas.zoom() < smallest) canvas.zoom(smallest);
  const { inner, width, height } = canvas.viewbox();
  const middle = element.waypoints ? element.waypoints[0] : { x: element.x + element.width / 2, y: element.y + element.height / 2 };
  canvas.viewbox({
    x: within(middle.x - width / 2, inner.x, inner.width - width),
    y: within(middle.y - height / 2, inner.y, inner.height - height),
    width,
    height,
  });
}

// The lowest place (with a margin) when everything fits, else `wish` kept between both edges.
function within(wish, lowest, room) {
  const margin = 20;
  return room <= 0 ? lowest + room / 2 : Math.max(lowest - margin, Math.min(wish, lowest + room + margin));
}

export function zoomButtons(viewer, box) {
  const bar = box.parentElement.querySelector("[data-zoom-bar]");
  if (!bar) return;
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => {
    const wish = target.closest("[data-zoom]")?.dataset.zoom;
    if (wish === "fit") fit(viewer);
    else if (wish) viewer.get("zoomScroll").stepZoom(Number(wish));
  });
}
