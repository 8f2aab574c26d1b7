// One-click cures, where mending is mechanical: a rule and an element give the words of the button and what it does.
import { setup, t } from "./dom.js";
import { formFor, lacksDecision } from "./form_for.js";
import { found, PERSONAL } from "./sop.js";
import { readWaktu, watchOver } from "./waktu.js";

const today = () => new Date().toISOString().slice(0, 10);
const plain = (words) => words.toLowerCase().replace(/[^a-z0-9]+/g, " ").trim();
const by = (field, words) => ({ words: words ?? t("Isi sekarang"), act: (studio, element) => studio.edit(element, field) });

// The role whose name or key is that of the lane; undefined when none or several fit.
function likelyRole(lane) {
  const wanted = plain(lane.name ?? "");
  const fit = setup.roles.filter(({ key, name }) => wanted && (plain(name) === wanted || plain(key) === wanted));
  return fit.length === 1 ? fit[0] : undefined;
}

function naming({ businessObject: one }) {
  const text = one.documentation?.[0]?.text;
  if (!text || text.length > 60) return by("name", t("Beri nama"));
  return { words: t("Pakai uraiannya sebagai nama"), act: ({ sop }, element) => sop.modeling.updateProperties(element, { name: text }) };
}

function end(element) {
  if (!element.businessObject.$instanceOf("bpmn:FlowNode")) return null;
  return { words: t("Tambah peristiwa akhir"), act: ({ modeler, sop }) => {
    const shape = modeler.get("autoPlace").append(element, modeler.get("elementFactory").createShape({ type: "bpmn:EndEvent" }));
    sop.modeling.updateProperties(shape, { name: t("Selesai") });
  } };
}

function undecided(element, { sop, draft }) {
  const flow = element.businessObject;
  const before = flow.sourceRef?.incoming?.length === 1 ? flow.sourceRef.incoming[0].sourceRef : null;
  if (before && PERSONAL.includes(before.$type) && lacksDecision(before, draft.forms[found(before, "sop:Formulir")?.kunci])) {
    return { words: t("Tambah pilihan gerbang ke formulir"), act: (studio) => formFor(studio, sop.element(before.id)) };
  }
  if (flow.$type === "bpmn:SequenceFlow" && !flow.sourceRef.default) {
    return { words: t("Jadikan alur bawaan"), act: (studio) => studio.step(() => sop.modeling.updateProperties(element.source, { default: flow })) };
  }
  if (flow.$type === "bpmn:SequenceFlow") return by("condition", t("Tulis kondisinya"));
  const last = flow.outgoing?.at(-1);
  return last && { words: t("Jadikan alur terakhir alur bawaan"), act: (studio) => studio.step(() => {
    sop.modeling.updateProperties(sop.element(last.id), { conditionExpression: undefined });
    sop.modeling.updateProperties(element, { default: last });
  }) };
}

function wrongDefault(element) {
  const one = element.businessObject;
  if (one.$type === "bpmn:SequenceFlow") return { words: t("Hapus kondisinya"), act: ({ sop }) => sop.modeling.updateProperties(element, { conditionExpression: undefined }) };
  return { words: t("Hapus alur bawaan"), act: ({ sop }) => sop.modeling.updateProperties(element, { default: undefined }) };
}

const layout = () => ({ words: t("Tata ulang"), act: (studio) => studio.page.querySelector("[data-act=layout]").click() });
const overlap = (element) => (element.businessObject.$type === "bpmn:Lane" ? layout() : null);

function lane(element) {
  const one = element.businessObject;
  if (one.$type !== "bpmn:Lane") return { words: t("Pindahkan ke lajur terdekat"), act: intoLane };
  const performer = found(one, "sop:Pelaksana");
  if (performer?.peran) return { words: t("Jadikan jenis pegawai"), act: ({ sop }) => sop.extend(element, one, "sop:Pelaksana", { jenis: "pegawai" }) };
  const role = likelyRole(one);
  if (!role) return by("peran", t("Pilih peran"));
  return { words: t("Pakai peran {role}", { role: role.key }), act: ({ sop }) => sop.extend(element, one, "sop:Pelaksana", { peran: role.key, jenis: role.key === "pemohon" ? "pemohon" : "pegawai" }) };
}

function intoLane({ sop }, element) {
  const middle = element.y + element.height / 2;
  const lanes = sop.registry.filter((one) => one.type === "bpmn:Lane");
  const distance = (one) => Math.max(one.y - middle, middle - one.y - one.height, 0);
  const nearest = lanes.sort((a, b) => distance(a) - distance(b))[0];
  if (!nearest) return;
  sop.modeling.moveElements([element], { x: 0, y: Math.round(nearest.y + nearest.height / 2 - middle) }, sop.pool());
}

function quality(element) {
  const one = element.businessObject;
  const there = found(one, "sop:MutuBaku");
  if (!there?.waktu && !there?.max) return by("waktu", t("Isi waktu"));
  if (there.min && there.max) return { words: t("Tukar paling cepat dan paling lambat"), act: ({ sop }) => sop.set(element, there, { min: there.max, max: there.min }) };
  if (there.kalender && !["kerja", "kalender"].includes(there.kalender)) return { words: t("Pakai jam kerja"), act: ({ sop }) => sop.set(element, there, { kalender: "kerja" }) };
  return { words: t("Baca waktunya"), act: async (studio) => {
    const { min, max, kalender } = await readWaktu(there.waktu ?? "");
    if (!max) return studio.edit(element, "waktu");
    studio.step(() => studio.sop.set(element, there, { min: min ?? undefined, max, kalender }));
  } };
}

function identity(element, { sop }) {
  const process = sop.process();
  if (found(process, "sop:Identitas")) return { words: t("Betulkan"), act: (studio) => studio.edit(studio.sop.pool(), "tanggalPembuatan") };
  return { words: t("Buat identitas"), act: () => sop.extend(sop.root(), process, "sop:Identitas", { tanggalPembuatan: today(), instansi: sop.pool().businessObject.name ?? "", kerahasiaan: "biasa" }) };
}

function gatewayKind(element) {
  if (element.businessObject.$type !== "bpmn:ParallelGateway") return null;
  return { words: t("Ubah menjadi gerbang eksklusif"), act: ({ modeler }) => modeler.get("bpmnReplace").replaceElement(element, { type: "bpmn:ExclusiveGateway" }) };
}

const form = (element) => PERSONAL.includes(element.businessObject.$type) || element.type === "bpmn:StartEvent"
  ? { words: t("Buat formulirnya"), act: (studio) => formFor(studio, element) } : null;
const timer = (words) => () => ({ words: words(), act: (studio, element) => watchOver(studio, element) });
const dropCondition = (element) => element.type === "bpmn:SequenceFlow" ? { words: t("Hapus kondisinya"), act: ({ sop }) => sop.modeling.updateProperties(element, { conditionExpression: undefined }) } : null;
const executable = (_, { sop }) => ({ words: t("Jadikan dapat dijalankan"), act: () => sop.set(sop.root(), sop.process(), { isExecutable: true }) });

const CURES = {
  drawing: layout, "no-overlapping-elements": layout, lane_members: overlap,
  names_of_activities: naming, "label-required": naming,
  missing_end: end, "no-implicit-end": end,
  gateway_conditions: undecided, "conditional-flows": undecided,
  default_flow: wrongDefault,
  condition_place: dropCondition,
  sop_lanes: lane, sop_quality: quality, sop_identity: identity, sop_forms: form,
  executable_process: executable,
  deadlock: gatewayKind,
  "timer-missing": timer(() => t("Pasang pengatur waktu")), "timer-differs": timer(() => t("Samakan pengatur waktu")),
  call_activities: () => by("called"), decision_tasks: () => by("keputusan"), job_tasks: () => by("pekerjaan"), timers: () => by("timer"), script_tasks: () => by("script"),
};
const ALREADY_A_STEP = new Set([quality, form, undecided, layout, overlap]);

// `{words, run}` of the cure of a finding, null where mending needs a person's thought.
export function cureFor(finding, studio) {
  const make = Object.hasOwn(CURES, finding.rule) && CURES[finding.rule];
  const element = studio.sop.element(finding.element) ?? (["sop_identity", "executable_process"].includes(finding.rule) ? studio.sop.root() : null);
  const cure = make && (element || make === layout) && make(element, studio);
  if (!cure) return null;
  const act = () => cure.act(studio, element);
  return { words: cure.words, run: () => studio.guarded(() => (ALREADY_A_STEP.has(make) ? act() : studio.step(act))) };
}
