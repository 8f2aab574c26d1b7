// bpmnlint's quick findings, in this browser and at once, while the server has not answered yet; and two hints of our own.
// Where a rule of the server says the same of the same element, the server's word is shown.
import { Linter } from "bpmnlint";
import conditionalFlows from "bpmnlint/rules/conditional-flows";
import endEventRequired from "bpmnlint/rules/end-event-required";
import eventBasedGateway from "bpmnlint/rules/event-based-gateway";
import labelRequired from "bpmnlint/rules/label-required";
import noDisconnected from "bpmnlint/rules/no-disconnected";
import noDuplicateFlows from "bpmnlint/rules/no-duplicate-sequence-flows";
import noImplicitEnd from "bpmnlint/rules/no-implicit-end";
import noOverlap from "bpmnlint/rules/no-overlapping-elements";
import singleBlankStart from "bpmnlint/rules/single-blank-start-event";
import singleDefinition from "bpmnlint/rules/single-event-definition";
import startEventRequired from "bpmnlint/rules/start-event-required";
import superfluousGateway from "bpmnlint/rules/superfluous-gateway";
import { t } from "./dom.js";
import { found, PERSONAL } from "./sop.js";
import { watching } from "./waktu.js";

// rule → [factory, severity, the server's rule that says the same]
const RULES = {
  "conditional-flows": [conditionalFlows, "error", "gateway_conditions"],
  "end-event-required": [endEventRequired, "warning", "missing_end"],
  "event-based-gateway": [eventBasedGateway, "error", "event_gateway"],
  "label-required": [labelRequired, "info", "names_of_activities"],
  "no-disconnected": [noDisconnected, "warning", "reachability"],
  "no-duplicate-sequence-flows": [noDuplicateFlows, "warning", null],
  "no-implicit-end": [noImplicitEnd, "warning", "missing_end"],
  "no-overlapping-elements": [noOverlap, "info", null],
  "single-blank-start-event": [singleBlankStart, "warning", null],
  "single-event-definition": [singleDefinition, "info", null],
  "start-event-required": [startEventRequired, "warning", "start_triggers"],
  "superfluous-gateway": [superfluousGateway, "info", null],
};
const sentences = () => ({
  "conditional-flows": t("Alur dari gerbang keputusan belum berkondisi."),
  "end-event-required": t("Belum ada peristiwa akhir."),
  "event-based-gateway": t("Gerbang peristiwa memerlukan dua jalan atau lebih tanpa kondisi."),
  "label-required": t("Elemen ini belum bernama."),
  "no-disconnected": t("Elemen ini belum tersambung."),
  "no-duplicate-sequence-flows": t("Dua alur menghubungkan elemen yang sama."),
  "no-implicit-end": t("Jalur berhenti di sini tanpa peristiwa akhir."),
  "no-overlapping-elements": t("Elemen ini bertumpuk dengan elemen lain atau keluar dari wadahnya."),
  "single-blank-start-event": t("Ada lebih dari satu peristiwa mulai biasa."),
  "single-event-definition": t("Peristiwa ini menunggu lebih dari satu hal."),
  "start-event-required": t("Belum ada peristiwa mulai."),
  "superfluous-gateway": t("Gerbang ini hanya punya satu masukan dan satu keluaran."),
});

const config = { rules: Object.fromEntries(Object.keys(RULES).map((name) => [name, "error"])) };
const resolver = { resolveRule: (_, name) => RULES[name][0], resolveConfig: () => ({}) };

export async function quickFindings(studio) {
  const linter = new Linter({ config, resolver }); // a new one each time: some rules remember what they saw
  const results = await linter.lint(studio.modeler.getDefinitions());
  const words = sentences();
  const quick = Object.entries(results).flatMap(([rule, reports]) => reports.map(({ id }) => {
    const [, severity, same] = RULES[rule];
    return { element: id, name: studio.sop.element(id)?.businessObject.name ?? "", rule, same, severity, message: words[rule], cure: "", quick: true };
  }));
  return [...quick, ...timerHints(studio)];
}

// A mutu baku without its timer on the drawing, or with one that says another time.
function timerHints({ sop }) {
  return sop.all().filter(({ businessObject: one }) => PERSONAL.includes(one.$type)).flatMap((element) => {
    const one = element.businessObject;
    const limit = found(one, "sop:MutuBaku")?.max;
    const there = watching(element);
    if (!limit || there?.duration.body === limit || there?.duration.body?.startsWith("=")) return [];
    const message = there ? t("Pengatur waktu pada kegiatan tidak sama dengan mutu bakunya.") : t("Mutu baku belum dijaga pengatur waktu di gambar.");
    return [{ element: element.id, name: one.name ?? "", rule: there ? "timer-differs" : "timer-missing", same: null, severity: there ? "warning" : "info", message, cure: "", quick: true }];
  });
}
