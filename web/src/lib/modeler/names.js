// What FEEL in a diagram may speak of, and renaming so that everything that mentions a name follows.
import { found, PERSONAL } from "./sop.js";

const WORD = "[\\p{L}\\p{N}_]";
const fieldsOf = (parts) => (parts ?? []).flatMap((one) => [one, ...fieldsOf(one.components)]).filter(({ key }) => key);

export const formKey = (owner) => found(owner, "sop:Formulir")?.kunci;
export const formFields = (schema) => fieldsOf(schema?.components);

// Variables of forms, scripts, decisions and repeated activities; null where data may come from elsewhere.
export function knownNames(sop, forms) {
  const names = new Set();
  for (const { businessObject: one } of sop.all()) {
    const definitions = one.eventDefinitions ?? [];
    if (["bpmn:ServiceTask", "bpmn:CallActivity", "bpmn:ReceiveTask"].includes(one.$type)) return null;
    if (definitions.some(({ $type }) => /Message|Signal/.test($type)) && !/Throw|End/.test(one.$type)) return null;
    const key = formKey(one);
    if (PERSONAL.includes(one.$type) && !forms[key]) return null;
    formFields(forms[key]).forEach((field) => names.add(field.key));
    if (one.$type === "bpmn:ScriptTask") scriptNames(one.script).forEach((name) => names.add(name));
    if (one.$type === "bpmn:DataObjectReference" && one.name) names.add(one.name);
    const decision = found(one, "sop:Keputusan");
    if (decision) names.add(decision.hasil || decision.kunci);
    const item = one.loopCharacteristics?.inputDataItem;
    if (item) names.add(item.name ?? item.id);
  }
  return [...names].filter(Boolean);
}

const scriptNames = (script) => [...(script ?? "").matchAll(/^\s*([\p{L}_][\p{L}\p{N}_ ]*?)\s*=(?!=)/gmu)].map((match) => match[1]);

// Conditions that a choice of a form offers: keputusan_kegiatan_4 = "lengkap".
export function offeredConditions(forms) {
  const choices = Object.values(forms).flatMap(formFields).filter(({ type, values }) => ["radio", "select"].includes(type) && values);
  const offered = choices.flatMap(({ key, values }) => values.map(({ value }) => `${key} = ${JSON.stringify(value)}`));
  return [...new Set(offered)];
}

// `text` with the FEEL name `old` replaced, strings in it left alone.
export function renamedIn(text, old, fresh) {
  const name = new RegExp(`(?<!${WORD}|\\.\\s*)${old.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?!${WORD})`, "gu");
  return text.split(/("(?:[^"\\]|\\.)*")/).map((part, place) => (place % 2 ? part : part.replace(name, fresh))).join("");
}

const FEEL_BODIES = ["conditionExpression", "timeDuration", "timeDate", "timeCycle", "condition", "loopCondition", "loopCardinality", "completionCondition"];

// Every FEEL text of the diagram as [element, holder, property].
function* expressions(sop) {
  for (const element of sop.all()) {
    const one = element.businessObject;
    for (const owner of [one, one.loopCharacteristics, ...(one.eventDefinitions ?? [])].filter(Boolean)) {
      for (const name of FEEL_BODIES) if (owner[name]?.body) yield [element, owner[name], "body"];
      for (const { $type } of [...(owner.extensionElements?.values ?? [])]) {
        if ($type === "sop:Korelasi") yield [element, found(owner, $type), "isi"];
        if ($type === "sop:Penugasan" && found(owner, $type).kepada?.startsWith("=")) yield [element, found(owner, $type), "kepada"];
      }
    }
    if (one.script) yield [element, one, "script"];
  }
}

function renameVariable(sop, old, fresh) {
  for (const [element, holder, name] of [...expressions(sop)]) {
    const text = renamedIn(holder[name], old, fresh);
    if (text !== holder[name]) sop.set(element, holder, { [name]: text });
  }
}

// A new id: flows, default, lanes and hosts refer to the element itself and follow; what is named after the id (its
// form, the fields of that form, the conditions on them) is renamed, too.
export async function renameElement(sop, draft, element, fresh) {
  const old = element.businessObject.id;
  const key = formKey(element.businessObject);
  const fields = formFields(draft.forms[key]).map((field) => field.key).filter((name) => name.endsWith(`_${old}`));
  sop.modeling.updateProperties(element, { id: fresh });
  for (const field of fields) renameVariable(sop, field, field.slice(0, -old.length) + fresh);
  if (!draft.forms[key]) return;
  const schema = withNames(draft.forms[key], old, fresh);
  await renameForm(sop, draft, key, key.endsWith(`.${old}`) ? key.slice(0, -old.length) + fresh : key, schema);
}

// A new form key, on every element that names the form; the form itself moves with it.
export async function renameForm(sop, draft, old, fresh, schema = draft.forms[old]) {
  if (schema) await draft.put("formulir", fresh, { schema: { ...schema, id: fresh } });
  for (const element of sop.all()) {
    const form = found(element.businessObject, "sop:Formulir");
    if (form?.kunci === old && old !== fresh) sop.set(element, form, { kunci: fresh });
  }
  if (schema && old !== fresh) await draft.put("formulir", old, null);
}

function withNames(part, old, fresh) {
  if (Array.isArray(part)) return part.map((one) => withNames(one, old, fresh));
  if (part === null || typeof part !== "object") return part;
  const changed = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, withNames(value, old, fresh)]));
  if (typeof changed.key === "string" && changed.key.endsWith(`_${old}`)) changed.key = changed.key.slice(0, -old.length) + fresh;
  if (changed.conditional?.hide) changed.conditional = { ...changed.conditional, hide: renamedAll(changed.conditional.hide, old, fresh) };
  return changed;
}

const renamedAll = (text, old, fresh) => text.replace(new RegExp(`(${WORD}+_)${old}(?!${WORD})`, "gu"), `$1${fresh}`);

// An undone renaming names its old form again: it comes back with it.
export async function restoreForms(sop, draft) {
  for (const { businessObject: one } of sop.all()) {
    const key = formKey(one);
    if (key && !draft.forms[key] && draft.gone[key]) await draft.put("formulir", key, { schema: { ...draft.gone[key], id: key } });
  }
}
