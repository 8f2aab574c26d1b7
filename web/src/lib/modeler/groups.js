// Which groups of the panel an element has.
import { h, t } from "./dom.js";
import { checkField, feelField, group, selectField, textField } from "./fields.js";
import { calledGroup, eventGroups } from "./groups_events.js";
import { flowGroup, waysGroup } from "./groups_flows.js";
import { identityGroups, laneGroup } from "./groups_process.js";
import { taskGroups } from "./groups_task.js";
import { drawGroup, lanesGroup } from "./groups_draw.js";
import { kindOf } from "./kinds.js";
import { renameElement } from "./names.js";
import { PERSONAL } from "./sop.js";

const CALLING = ["bpmn:CallActivity", "bpmn:BusinessRuleTask", "bpmn:ServiceTask", "bpmn:ScriptTask", "bpmn:SendTask", "bpmn:ReceiveTask"];
const ID = /^[A-Za-z_][\w.-]*$/;

export function elementGroups(element, studio) {
  const one = element.businessObject;
  const type = one.$type;
  if (["bpmn:Process", "bpmn:Collaboration", "bpmn:Participant"].includes(type)) {
    const [sop, ...identity] = identityGroups(element, studio);
    return [sop, lanesGroup(element, studio), ...identity];
  }
  const groups = [generalGroup(element, studio), drawGroup(element, studio)];
  if (type === "bpmn:Lane") groups.push(laneGroup(element, studio));
  if (PERSONAL.includes(type) || one.$instanceOf("bpmn:Activity")) groups.push(...taskGroups(element, studio));
  if (CALLING.includes(type)) groups.push(calledGroup(element, studio));
  if (one.$instanceOf("bpmn:Event")) groups.push(...eventGroups(element, studio));
  if (one.$instanceOf("bpmn:Gateway") || one.outgoing?.length) groups.push(waysGroup(element, studio));
  if (type === "bpmn:SequenceFlow") groups.push(flowGroup(element, studio));
  if (one.loopCharacteristics) groups.push(loopGroup(element, studio));
  return groups;
}

function generalGroup(element, studio) {
  const one = element.businessObject;
  const { panel, sop } = studio;
  const named = one.$type === "bpmn:TextAnnotation" ? "text" : "name";
  const label = one.$type === "bpmn:SequenceFlow" ? t("Tulisan pada alur") : t("Nama");
  const content = [
    h("p.m-0.text-secondary.small", {}, kindOf(element)),
    textField(label, one[named], (value) => panel.apply(() => studio.rename(element, named, value)), { name: "name", rows: 2 }),
    textField(t("Id"), one.id, (value) => changeId(element, value.trim(), studio), { name: "id", hint: t("Mengganti id mengganti semua yang merujuknya: alur, formulir, dan kondisi.") }),
  ];
  if (one.$instanceOf("bpmn:FlowNode")) {
    const text = one.documentation?.[0]?.text ?? "";
    content.push(textField(t("Uraian lengkap"), text, (value) => panel.apply(() => document_(element, value, sop)), { name: "documentation", rows: 3, hint: t("Bunyi kegiatan kata demi kata, seperti di naskah SOP.") }));
  }
  return group(t("Umum"), { name: "umum" }, content);
}

function document_(element, text, sop) {
  const one = element.businessObject;
  sop.set(element, one, { documentation: text ? [sop.create("bpmn:Documentation", { text }, one)] : [] });
}

async function changeId(element, fresh, studio) {
  if (fresh === element.businessObject.id) return;
  const taken = studio.sop.element(fresh) || studio.modeler.get("moddle").ids.assigned(fresh);
  if (!ID.test(fresh) || taken) {
    studio.warn(taken ? t("Id {id} sudah dipakai elemen lain.", { id: fresh }) : t("Id dimulai huruf atau garis bawah, lalu huruf, angka, titik, tanda hubung atau garis bawah."));
    return studio.panel.show();
  }
  await studio.guarded(() => renameElement(studio.sop, studio.draft, element, fresh));
}

function loopGroup(element, studio) {
  const { sop, panel } = studio;
  const loop = element.businessObject.loopCharacteristics;
  const formal = (label, name, hint) => feelField(label, loop[name]?.body, (body) => panel.apply(() => sop.set(element, loop, { [name]: body ? sop.formal(body, loop) : undefined })), { name, hint, names: studio.names() });
  if (loop.$type === "bpmn:StandardLoopCharacteristics") {
    return group(t("Pengulangan"), { name: "ulang" }, [
      formal(t("Diulang selama"), "loopCondition"),
      textField(t("Paling banyak"), loop.loopMaximum ?? "", (value) => panel.apply(() => sop.set(element, loop, { loopMaximum: Number(value) || undefined })), { type: "number", name: "loopMaximum" }),
      checkField(t("Kondisi diperiksa sebelum kegiatan"), loop.testBefore, (testBefore) => panel.apply(() => sop.set(element, loop, { testBefore })), { name: "testBefore" }),
    ]);
  }
  return group(t("Pengulangan"), { name: "ulang" }, [
    selectField(t("Cara"), String(Boolean(loop.isSequential)), [["false", t("Banyak sekaligus")], ["true", t("Banyak berurutan")]], (value) => panel.apply(() => sop.set(element, loop, { isSequential: value === "true" })), { name: "isSequential" }),
    formal(t("Berapa kali"), "loopCardinality", t("Angka, atau FEEL yang menghasilkan angka.")),
    formal(t("Selesai lebih awal bila"), "completionCondition"),
  ]);
}
