// Tokens on a diagram: a dot where work stands, a dot that runs along a flow when work goes on.
const SVG = "http://www.w3.org/2000/svg";
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Tokens {
  #layer;
  #registry;
  #run = 0;

  constructor(viewer) {
    this.#layer = viewer.get("canvas").getLayer("tokens", 10);
    this.#registry = viewer.get("elementRegistry");
  }

  // Where work stands; whatever still moves has arrived.
  rest(open, late) {
    this.#run += 1;
    this.#layer.replaceChildren();
    for (const id of open) {
      const element = this.#registry.get(id);
      if (element && !element.waypoints) this.#layer.append(dot(home(element), late.includes(id)));
    }
  }

  // Runs along one flow after the other within `duration` milliseconds; ends early when something else begins.
  async move(flows, late, duration) {
    const paths = flows.map((id) => this.#registry.get(id)).filter((flow) => flow?.waypoints);
    if (still.matches || document.hidden || paths.length === 0) return;
    const run = (this.#run += 1);
    const each = duration / paths.length;
    for (const flow of paths) {
      const circle = dot(flow.waypoints[0], late.includes(flow.target?.id));
      circle.classList.add("token-moving");
      this.#layer.append(circle);
      await this.#along(circle, flow.waypoints, each, run);
      circle.remove();
      if (run !== this.#run) return;
    }
  }

  #along(circle, points, duration, run) {
    const begin = performance.now();
    return new Promise((arrived) => {
      const frame = (now) => {
        const part = Math.min(1, Math.max(0, (now - begin) / duration));
        place(circle, pointAt(points, part));
        if (part < 1 && run === this.#run) requestAnimationFrame(frame);
        else arrived();
      };
      requestAnimationFrame(frame);
    });
  }
}

// The point that lies `part` (0 to 1) of the way along a polyline.
export function pointAt(points, part) {
  const lengths = points.slice(1).map((point, index) => Math.hypot(point.x - points[index].x, point.y - points[index].y));
  let left = part * lengths.reduce((sum, one) => sum + one, 0);
  for (const [index, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const from = points[index];
      const to = points[index + 1];
      return { x: from.x + ((to.x - from.x) * left) / length, y: from.y + ((to.y - from.y) * left) / length };
    }
    left -= length;
  }
  return points[points.length - 1];
}

// On the corner of a box, so that its words stay readable; in the middle of an event or a gateway.
function home(element) {
  const small = element.width < 60;
  return { x: element.x + (small ? element.width / 2 : element.width - 4), y: element.y + (small ? element.height / 2 : 4) };
}

function dot(at, late) {
  const circle = document.createElementNS(SVG, "circle");
  circle.setAttribute("r", 9);
  circle.setAttribute("class", late ? "token token-late" : "token");
  place(circle, at);
  return circle;
}

function place(circle, { x, y }) {
  circle.setAttribute("cx", x);
  circle.setAttribute("cy", y);
}
