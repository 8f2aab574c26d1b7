// Token simulation on the canvas: tokens walk the drawing, nothing is stored. Switched by the page's own button.
import TokenSimulation from "bpmn-js-token-simulation";

export const tokenSimulation = TokenSimulation;

export function tokenSwitch(studio, button) {
  const mode = studio.modeler.get("toggleMode");
  const bus = studio.modeler.get("eventBus");
  button.addEventListener("click", () => mode.toggleMode());
  bus.on("tokenSimulation.toggleMode", ({ active }) => {
    button.setAttribute("aria-pressed", String(active));
    studio.panel.show();
    studio.panel.box.inert = studio.problems.list.inert = active;
    studio.page.querySelector("[data-palette]").hidden = active; // while tokens walk, nothing can be changed
  });
}
