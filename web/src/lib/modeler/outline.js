// The table in place of the drawing: every element by performer, reachable by keyboard and by screen readers.
import { h, t } from "./dom.js";
import { kindOf } from "./kinds.js";

export function outline(studio, box) {
  const body = box.querySelector("tbody");
  const laneOf = new Map();
  for (const lane of studio.sop.registry.filter(({ type }) => type === "bpmn:Lane")) {
    for (const node of lane.businessObject.flowNodeRef ?? []) laneOf.set(node.id, lane.businessObject);
  }
  const nodes = studio.sop.all().filter(({ businessObject: one }) => one.$instanceOf("bpmn:FlowNode"));
  const performer = (lane) => (lane ? h("button.modeler-jump", { type: "button", onclick: () => studio.reach(lane.id) }, lane.name || lane.id) : "–");
  const row = (element) => {
    const one = element.businessObject;
    const jump = h("button.modeler-jump", { type: "button", onclick: () => studio.reach(one.id) }, one.name || one.id);
    const ways = (one.outgoing ?? []).map((flow) => [flow.name && `${flow.name}: `, flow.targetRef?.name || flow.targetRef?.id].filter(Boolean).join(""));
    return h("tr", {}, h("td.hyphens", {}, jump), h("td", {}, kindOf(element)), h("td.hyphens", {}, performer(laneOf.get(one.id))), h("td.hyphens", {}, ways.join("; ") || "–"));
  };
  body.replaceChildren(...nodes.map(row));
  if (!nodes.length) body.append(h("tr", {}, h("td", { colspan: 4 }, t("Diagram masih kosong."))));
}
