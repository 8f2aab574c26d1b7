// The kinds of element, in words.
import { canvasWord } from "./canvas_words.js";
import { t } from "./dom.js";

// The kind of an element in words.
export function kindOf(element) {
  const { $type: type, eventDefinitions: [definition] = [] } = element.businessObject;
  const place = { StartEvent: "start event", EndEvent: "end event", BoundaryEvent: "boundary event",
    IntermediateCatchEvent: "intermediate catch event", IntermediateThrowEvent: "intermediate throw event" }[type.slice(5)];
  if (place && definition) {
    const trigger = definition.$type.slice(5).replace("EventDefinition", "").replace("Compensate", "Compensation");
    return canvasWord(`${trigger} ${place}`);
  }
  return { Lane: t("Pelaksana (lajur)"), Participant: t("Kolam"), Process: t("SOP"), Collaboration: t("SOP"),
    TextAnnotation: t("Catatan"), Association: t("Asosiasi"), MessageFlow: t("Alur pesan"), SubProcess: canvasWord("Sub-process"),
    DataObjectReference: t("Data"), DataStoreReference: t("Gudang data"), Group: t("Kelompok") }[type.slice(5)]
    ?? canvasWord(type.slice(5).replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace("Event based", "Event-based"));
}
