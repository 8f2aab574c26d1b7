// A form made from what the diagram says of an activity: its text, its kelengkapan, and the question of the gateway behind it.
import { t } from "./dom.js";
import { found, PERSONAL, texts } from "./sop.js";

const question = (gateway) => gateway.name || t("Hasil kegiatan");

// The exclusive gateway that an activity leads to, and its labelled ways out.
function decisionAfter(one) {
  const gateway = one.outgoing?.length === 1 ? one.outgoing[0].targetRef : null;
  if (gateway?.$type !== "bpmn:ExclusiveGateway" || (gateway.outgoing ?? []).length < 2) return null;
  const ways = gateway.outgoing.filter((flow) => flow.name);
  return ways.length > 1 ? { gateway, ways } : null;
}

function schemaFor(one, key, decision) {
  const components = [];
  const text = one.documentation?.[0]?.text || one.name;
  if (text) components.push({ type: "text", id: "kegiatan", text });
  const needed = texts(found(one, "sop:MutuBaku"), "kelengkapan");
  if (needed.length) {
    components.push({ type: "checklist", id: "kelengkapan", key: "kelengkapan", label: "Kelengkapan", validate: { required: true },
      values: needed.map((label, place) => ({ label, value: `butir_${place + 1}` })), properties: { semuaWajib: "true" } });
  }
  if (decision) {
    const name = `keputusan_${one.id}`;
    const values = decision.ways.map((flow) => ({ label: flow.name, value: flow.name }));
    components.push({ type: "radio", id: name, key: name, label: question(decision.gateway), values, validate: { required: true }, properties: { keputusan: "true" } });
  }
  components.push({ type: "textarea", id: "catatan", key: "catatan", label: "Catatan" });
  return { type: "default", id: key, schemaVersion: 19, components };
}

// Makes the form, names it on the activity, and gives the gateway's ways the conditions that the form answers.
export async function formFor(studio, element) {
  const { sop, draft } = studio;
  const one = element.businessObject;
  const key = found(one, "sop:Formulir")?.kunci || `${sop.process().id}.${one.id}`;
  const decision = PERSONAL.includes(one.$type) ? decisionAfter(one) : null;
  await draft.put("formulir", key, { schema: schemaFor(one, key, decision) });
  studio.step(() => {
    sop.extend(element, one, "sop:Formulir", { kunci: key });
    if (decision) conditions(sop, decision, `keputusan_${one.id}`);
  });
}

function conditions(sop, { gateway, ways }, name) {
  const bare = ways.filter((flow) => !flow.conditionExpression && gateway.default !== flow);
  const last = gateway.default ? null : bare.pop();
  for (const flow of bare) {
    sop.modeling.updateProperties(sop.element(flow.id), { conditionExpression: sop.formal(`${name} = ${JSON.stringify(flow.name)}`, flow) });
  }
  if (last) sop.modeling.updateProperties(sop.element(gateway.id), { default: last });
}

