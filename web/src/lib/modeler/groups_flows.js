// Panel: the ways out of an element, the condition of a flow.
import { h, t } from "./dom.js";
import { checkField, feelField, group, selectField, textField } from "./fields.js";
import { offeredConditions } from "./names.js";
import { found } from "./sop.js";

const DECIDING = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway"];
const decides = (one) => DECIDING.includes(one.$type) || one.$instanceOf("bpmn:Activity");
const shown = (flow) => flow.name || t("ke {name}", { name: flow.targetRef?.name || flow.targetRef?.id || "?" });

export function waysGroup(element, studio) {
  const { sop } = studio;
  const one = element.businessObject;
  const flows = one.outgoing ?? [];
  const choose = (id) => studio.step(() => sop.modeling.updateProperties(element, { default: flows.find((flow) => flow.id === id) }));
  const lines = flows.map((flow) => h("li", {}, h("button.btn.btn-sm", { type: "button", onclick: () => studio.choose(sop.element(flow.id), "name") }, shown(flow)), " ",
    h("code.small", {}, flow === one.default ? t("bawaan") : (flow.conditionExpression?.body ?? ""))));
  return group(t("Jalan keluar"), { name: "keluar" }, [
    decides(one) && (flows.length > 1 || one.default) && selectField(t("Alur bawaan"), one.default?.id ?? "", [["", t("tidak ada")], ...flows.map((flow) => [flow.id, shown(flow)])], choose, { name: "default", hint: t("Ditempuh bila tidak satu pun kondisi terpenuhi.") }),
    h("ol.modeler-ways", {}, lines),
  ]);
}

export function flowGroup(element, studio) {
  const { sop, panel, draft } = studio;
  const flow = element.businessObject;
  const source = flow.sourceRef;
  const isDefault = source?.default === flow;
  const put = (body) => panel.apply(() => sop.modeling.updateProperties(element, { conditionExpression: body ? sop.formal(body, flow) : undefined }));
  const makeDefault = (yes) => studio.step(() => {
    if (yes && flow.conditionExpression) sop.modeling.updateProperties(element, { conditionExpression: undefined });
    sop.modeling.updateProperties(element.source, { default: yes ? flow : undefined });
  });
  const deciding = source && decides(source);
  return group(t("Kondisi"), { name: "kondisi" }, [
    h("p.small.m-0", {}, t("Dari {from} ke {to}", { from: source?.name || source?.id || "?", to: flow.targetRef?.name || flow.targetRef?.id || "?" })),
    deciding && checkField(t("Alur bawaan"), isDefault, makeDefault, { name: "default", hint: t("Ditempuh bila tidak satu pun kondisi terpenuhi.") }),
    deciding && !isDefault && feelField(t("Kondisi (FEEL)"), flow.conditionExpression?.body, put, { name: "condition", kind: "condition", names: studio.names(), suggestions: offeredConditions(draft.forms) }),
    textField(t("Asumsi"), found(flow, "sop:Asumsi")?.isi, (value) => panel.apply(() => sop.say(element, flow, "sop:Asumsi", value.trim())), { name: "asumsi", rows: 2 }),
  ]);
}
