// Time limits: the server reads the words of the Waktu column; here a duration is said in words, and kept by a timer.
import { ask, t } from "./dom.js";
import { found } from "./sop.js";

const UNITS = { Y: "tahun", M: "bulan", W: "minggu", D: "hari", H: "jam", MIN: "menit", S: "detik" };

export const readWaktu = (words) => ask("POST", "/sop/waktu", { words });

// "P1DT2H" as "1 hari 2 jam"; what is no duration stays as it is.
export function durationWords(text) {
  const parts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:([\d.]+)D)?(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?$/.exec(text ?? "");
  if (!parts) return text ?? "";
  return Object.values(UNITS).map((unit, place) => parts[place + 1] && `${parts[place + 1]} ${t(unit)}`).filter(Boolean).join(" ");
}

// What a reading means, as a sentence.
export function readingWords({ min, max, kalender, readable }) {
  if (readable === false) return t("Kata ini tidak terbaca sebagai waktu; isi batasnya sendiri.");
  const how = kalender === "kalender" ? t("terus berjalan, 24 jam") : t("hanya pada jam kerja");
  if (min && max) return t("Paling cepat {min}, paling lambat {max}, {how}.", { min: durationWords(min), max: durationWords(max), how });
  if (max) return t("Paling lambat {max}, {how}.", { max: durationWords(max), how });
  if (min) return t("Paling cepat {min}, tanpa batas akhir, {how}.", { min: durationWords(min), how });
  return t("Tanpa batas waktu: tidak ada tenggat.");
}

const timers = (host) => (host.attachers ?? []).filter(({ businessObject: one }) => one.eventDefinitions?.[0]?.$type === "bpmn:TimerEventDefinition" && one.cancelActivity === false);

// The timer that watches the mutu baku of an activity: its literal duration, null without one.
export function watching(host) {
  for (const shape of timers(host)) {
    const duration = shape.businessObject.eventDefinitions[0].timeDuration;
    if (duration) return { shape, duration };
  }
  return null;
}

// Puts the timer of the mutu baku on an activity (with an escalation at its end), or makes the one there agree.
export function watchOver(studio, host) {
  const { sop, modeler } = studio;
  const quality = found(host.businessObject, "sop:MutuBaku");
  const there = watching(host);
  if (there) {
    sop.set(there.shape, there.duration, { body: quality.max });
    if (quality.waktu) sop.modeling.updateProperties(there.shape, { name: quality.waktu });
    return;
  }
  const factory = modeler.get("elementFactory");
  const event = factory.createShape({ type: "bpmn:BoundaryEvent", cancelActivity: false, eventDefinitionType: "bpmn:TimerEventDefinition" });
  const place = { x: host.x + host.width - 20, y: host.y + host.height };
  const shape = sop.modeling.createShape(event, place, host, { attach: true });
  const definition = shape.businessObject.eventDefinitions[0];
  sop.set(shape, definition, { timeDuration: sop.formal(quality.max, definition) });
  sop.modeling.updateProperties(shape, { name: quality.waktu || durationWords(quality.max) });
  const end = factory.createShape({ type: "bpmn:EndEvent", eventDefinitionType: "bpmn:EscalationEventDefinition" });
  const late = modeler.get("autoPlace").append(shape, end);
  sop.modeling.updateProperties(late, { name: "mutu baku terlampaui" });
  sop.set(late, late.businessObject.eventDefinitions[0], { escalationRef: escalation(sop, late) });
  modeler.get("selection").select(host);
}

const CODE = "mutu_baku_terlampaui";

function escalation(sop, element) {
  const definitions = sop.modeler.getDefinitions();
  const known = definitions.rootElements.find((one) => one.escalationCode === CODE);
  if (known) return known;
  const made = sop.create("bpmn:Escalation", { id: sop.moddle.ids.nextPrefixed("eskalasi_"), name: "mutu baku terlampaui", escalationCode: CODE }, definitions);
  sop.set(element, definitions, { rootElements: [...definitions.rootElements, made] });
  return made;
}
