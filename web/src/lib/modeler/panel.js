// The panel of properties: shows the groups of what is selected, and keeps its place while one types.
import { h, t } from "./dom.js";
import { flush } from "./fields.js";
import { elementGroups } from "./groups.js";

export class Panel {
  constructor(box, studio) {
    this.box = box;
    this.studio = studio;
    this.own = false;
    this.closed = new Set();
    const bus = studio.modeler.get("eventBus");
    bus.on("selection.changed", () => this.show());
    bus.on("import.done", () => this.show());
    bus.on("elements.changed", () => !this.own && this.show());
    box.addEventListener("toggle", ({ target }) => this.remember(target), true);
  }

  // One change that comes from the panel itself: its fields stay as they are.
  apply(change, { redraw = false } = {}) {
    this.own = true;
    try {
      change();
    } finally {
      this.own = false;
    }
    if (redraw) this.show();
  }

  remember(details) {
    const name = details.dataset?.group;
    if (!name) return;
    if (details.open) this.closed.delete(name);
    else this.closed.add(name);
  }

  show() {
    const at = this.box.contains(document.activeElement) ? document.activeElement.dataset.field : null;
    flush();
    const chosen = this.studio.modeler.get("selection").get();
    if (chosen.length > 1) return this.box.replaceChildren(h("p.text-secondary", {}, t("{n} elemen dipilih.", { n: chosen.length })));
    const element = (chosen[0]?.labelTarget ?? chosen[0]) || this.studio.sop.root();
    if (!element?.businessObject) return this.box.replaceChildren(); // between two drawings
    this.box.replaceChildren(...elementGroups(element, this.studio).filter(Boolean));
    for (const details of this.box.querySelectorAll("[data-group]")) {
      if (this.closed.has(details.dataset.group)) details.open = false;
    }
    if (at) this.focus(at);
  }

  // Into the panel, at its beginning.
  enter() {
    this.box.querySelector("summary, [data-field]")?.focus();
  }

  // Puts the cursor into a field by its name, opening the group around it.
  focus(name) {
    const field = [...this.box.querySelectorAll("[data-field]")].find((one) => one.dataset.field === name);
    if (!field) return this.enter();
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  }
}
