// A form made from what the diagram says of an activity: its text, its kelengkapan, and the question of the gateway behind it.
import { t } from "./dom.js";
import { formFields } from "./names.js";
import { found, PERSONAL, texts } from "./sop.js";

const question = (gateway) => gateway.name || t("Hasil kegiatan");

// The exclusive gateway that an activity leads to, and its labelled ways out.
function decisionAfter(one) {
  const gateway = one.outgoing?.length === 1 ? one.outgoing[0].targetRef : null;
  if (gateway?.$type !== "bpmn:ExclusiveGateway" || (gateway.outgoing ?? []).length < 2) return null;
  const ways = gateway.outgoing.filter((flow) => flow.name);
  return ways.length > 1 ? { gateway, ways } : null;
}

const choice = (one, { gateway, ways }) => ({
  type: "radio", id: `keputusan_${one.id}`, key: `keputusan_${one.id}`, label: question(gateway),
  values: ways.map(({ name }) => ({ label: name, value: name })), validate: { required: true }, properties: { keputusan: "true" },
});

function schemaFor(one, key, decision) {
  const components = [];
  const text = one.documentation?.[0]?.text || one.name;
  if (text) components.push({ type: "text", id: "kegiatan", text });
  const needed = texts(found(one, "sop:MutuBaku"), "kelengkapan");
  if (needed.length) {
    components.push({ type: "checklist", id: "kelengkapan", key: "kelengkapan", label: "Kelengkapan", validate: { required: true },
      values: needed.map((label, place) => ({ label, value: `butir_${place + 1}` })), properties: { semuaWajib: "true" } });
  }
  if (decision) components.push(choice(one, decision));
  components.push({ type: "textarea", id: "catatan", key: "catatan", label: "Catatan" });
  return { type: "default", id: key, schemaVersion: 19, components };
}

// Whether a gateway asks what the form of the activity before it does not answer yet.
export function lacksDecision(one, schema) {
  return Boolean(schema && decisionAfter(one) && !formFields(schema).some(({ key }) => key === `keputusan_${one.id}`));
}

// Makes the form (or adds the choice to the one there), names it on the activity, and gives the gateway's ways the conditions that the form answers.
export async function formFor(studio, element) {
  const { sop, draft } = studio;
  const one = element.businessObject;
  const key = found(one, "sop:Formulir")?.kunci || `${sop.process().id}.${one.id}`;
  const decision = PERSONAL.includes(one.$type) ? decisionAfter(one) : null;
  const there = draft.forms[key];
  const schema = there && decision ? { ...there, components: [...there.components, choice(one, decision)] } : schemaFor(one, key, decision);
  await draft.put("formulir", key, { schema });
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

