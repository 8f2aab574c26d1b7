// Panel: what events wait for or throw, and what the automatic kinds of task call.
import { h, inEnglish, setup, t } from "./dom.js";
import { checkField, feelField, group, selectField, textField } from "./fields.js";
import { formGroup } from "./groups_task.js";
import { found } from "./sop.js";
import { durationWords } from "./waktu.js";

// Definitions at the root of the file that events refer to: type, the reference, what they are told apart by.
const SHARED = {
  "bpmn:MessageEventDefinition": ["bpmn:Message", "messageRef", "name", "pesan_"],
  "bpmn:SignalEventDefinition": ["bpmn:Signal", "signalRef", "name", "sinyal_"],
  "bpmn:ErrorEventDefinition": ["bpmn:Error", "errorRef", "errorCode", "galat_"],
  "bpmn:EscalationEventDefinition": ["bpmn:Escalation", "escalationRef", "escalationCode", "eskalasi_"],
};

export function eventGroups(element, studio) {
  const one = element.businessObject;
  const groups = [];
  const definitions = (one.eventDefinitions ?? []).map((definition) => definitionFields(element, definition, studio)).flat();
  const boundary = one.$type === "bpmn:BoundaryEvent" && checkField(t("Menghentikan kegiatannya"), one.cancelActivity !== false, (cancelActivity) => studio.panel.apply(() => studio.sop.modeling.updateProperties(element, { cancelActivity })), { name: "cancelActivity" });
  if (definitions.length || boundary) groups.push(group(t("Peristiwa"), { name: "peristiwa" }, definitions, boundary));
  if (one.$type === "bpmn:StartEvent" && !definitions.length) groups.push(formGroup(element, studio));
  return groups;
}

function definitionFields(element, definition, studio) {
  const { sop, panel } = studio;
  const type = definition.$type;
  if (type === "bpmn:TimerEventDefinition") return timerFields(element, definition, studio);
  if (type === "bpmn:ConditionalEventDefinition") {
    return [feelField(t("Kondisi (FEEL)"), definition.condition?.body, (body) => panel.apply(() => sop.set(element, definition, { condition: body ? sop.formal(body, definition) : undefined })), { name: "condition", kind: "condition", names: studio.names() })];
  }
  if (type === "bpmn:LinkEventDefinition") return [textField(t("Nama sambungan"), definition.name, (name) => panel.apply(() => sop.set(element, definition, { name })), { name: "link" })];
  if (SHARED[type]) return [sharedField(element, definition, type, studio), type === "bpmn:MessageEventDefinition" && correlation(element, definition, studio)];
  return [];
}

function timerFields(element, definition, studio) {
  const { sop, panel } = studio;
  const kinds = { timeDuration: t("lama"), timeDate: t("tanggal"), timeCycle: t("berulang") };
  const kind = Object.keys(kinds).find((name) => definition[name]) ?? "timeDuration";
  const put = (name, body) => panel.apply(() => sop.set(element, definition, { timeDuration: undefined, timeDate: undefined, timeCycle: undefined, [name]: sop.formal(body, definition) }), { redraw: true });
  const body = definition[kind]?.body ?? "";
  const hints = { timeDuration: t("PT30M, PT4H, P3D, atau = dan FEEL."), timeDate: t("2026-08-17T08:00, atau = dan FEEL."), timeCycle: t("R3/P1D, atau pola cron.") };
  const next = studio.timers.find((timer) => timer.element === element.id)?.next ?? [];
  const moments = next.map((at) => new Date(at).toLocaleString(inEnglish ? "en" : "id", { dateStyle: "full", timeStyle: "short" }));
  return [
    selectField(t("Waktu sebagai"), kind, Object.entries(kinds), (name) => put(name, body), { name: "timer-kind" }),
    textField(t("Nilai"), body, (value) => put(kind, value.trim()), { name: "timer", hint: hints[kind] }),
    kind === "timeDuration" && body && h("p.small.m-0", {}, durationWords(body)),
    moments.length > 0 && h("p.small.m-0.text-secondary", {}, t("Bila mulai sekarang: {moments}", { moments: moments.join(" · ") })),
  ];
}

// A name that is one shared definition of the file: a known name refers to it, a new one makes it.
function sharedField(element, holder, type, studio) {
  const { sop, panel } = studio;
  const [kind, reference, key, prefix] = SHARED[type];
  const definitions = studio.modeler.getDefinitions();
  const known = definitions.rootElements.filter((one) => one.$type === kind);
  const label = key === "name" ? t("Nama") : t("Kode");
  const put = (value) => panel.apply(() => {
    const wanted = value.trim();
    let target = known.find((one) => one[key] === wanted);
    if (wanted && !target) {
      target = sop.create(kind, { id: sop.moddle.ids.nextPrefixed(prefix), name: wanted, [key]: wanted }, definitions);
      sop.set(element, definitions, { rootElements: [...definitions.rootElements, target] });
    }
    sop.set(element, holder, { [reference]: target });
  });
  const choices = known.filter((one) => one[key]).map((one) => ({ key: one[key] }));
  const words = { "bpmn:Message": t("Pesan"), "bpmn:Signal": t("Sinyal"), "bpmn:Error": t("Galat"), "bpmn:Escalation": t("Eskalasi") }[kind];
  return textField(`${words}: ${label}`, holder[reference]?.[key], put, { name: reference, choices });
}

function correlation(element, holder, studio) {
  const { sop, panel } = studio;
  const text = found(holder, "sop:Korelasi")?.isi;
  return feelField(t("Dicocokkan menurut (FEEL)"), text, (isi) => panel.apply(() => sop.say(element, holder, "sop:Korelasi", isi)), { name: "korelasi", names: studio.names(), hint: t("Kosong: menurut nomor registrasi.") });
}

export function calledGroup(element, studio) {
  const { sop, panel, draft } = studio;
  const one = element.businessObject;
  const extend = (type, name) => (value) => panel.apply(() => sop.extend(element, one, type, { [name]: value.trim() }), { redraw: name === "kunci" });
  const keys = (list) => list.map((key) => ({ key }));
  const fields = {
    "bpmn:CallActivity": () => [textField(t("SOP yang dipanggil"), one.calledElement, (value) => panel.apply(() => sop.modeling.updateProperties(element, { calledElement: value.trim() || undefined })), { name: "called", choices: keys(setup.processes) })],
    "bpmn:BusinessRuleTask": () => {
      const decision = found(one, "sop:Keputusan");
      return [
        textField(t("Keputusan yang dipakai"), decision?.kunci, extend("sop:Keputusan", "kunci"), { name: "keputusan", choices: keys([...new Set([...setup.decisions, ...Object.keys(draft.decisions)])]) }),
        textField(t("Hasil disimpan sebagai"), decision?.hasil, extend("sop:Keputusan", "hasil"), { name: "hasil" }),
        decision?.kunci && h("a.btn.btn-sm", { href: `/sop/${encodeURIComponent(setup.key)}/keputusan/${encodeURIComponent(decision.kunci)}`, "data-leave": true }, t("Sunting tabel keputusan")),
      ];
    },
    "bpmn:ServiceTask": () => [textField(t("Jenis pekerjaan"), found(one, "sop:Pekerjaan")?.jenis, extend("sop:Pekerjaan", "jenis"), { name: "pekerjaan", hint: t("Nama yang diminta sistem luar saat mengambil pekerjaan.") })],
    "bpmn:ScriptTask": () => [feelScript(element, studio)],
  };
  const message = () => [sharedField(element, one, "bpmn:MessageEventDefinition", studio), correlation(element, one, studio)];
  return group(t("Yang dijalankan"), { name: "jalan" }, (fields[one.$type] ?? message)());
}

function feelScript(element, studio) {
  const one = element.businessObject;
  const put = (script) => studio.panel.apply(() => studio.sop.modeling.updateProperties(element, { script: script || undefined, scriptFormat: "feel" }));
  return textField(t("Hitungan"), one.script, put, { name: "script", rows: 4, hint: t("Satu baris satu nilai: nama = FEEL.") });
}
