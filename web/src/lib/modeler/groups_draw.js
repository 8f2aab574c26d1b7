// Panel: drawing by keyboard. What can be added, connected, moved and removed from the chosen element.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { h, t, uid } from "./dom.js";
import { addAfter, addInLane, addLane, addTimer, connect, followed, moveTo, reconnect, remove } from "./draw.js";
import { group, labelled } from "./fields.js";
import { kindOf } from "./kinds.js";
import { flows, laneOf, lanes, nameOf, nodes } from "./shapes.js";
import { readWaktu } from "./waktu.js";

const KINDS = () => ({
  task: [t("Kegiatan"), { type: "bpmn:UserTask" }],
  exclusive: [t("Gerbang keputusan: satu jalan"), { type: "bpmn:ExclusiveGateway" }],
  parallel: [t("Gerbang paralel: semua jalan"), { type: "bpmn:ParallelGateway" }],
  inclusive: [t("Gerbang inklusif: satu atau lebih jalan"), { type: "bpmn:InclusiveGateway" }],
  timer: [t("Menunggu waktu"), { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:TimerEventDefinition" }],
  message: [t("Menunggu pesan"), { type: "bpmn:IntermediateCatchEvent", eventDefinitionType: "bpmn:MessageEventDefinition" }],
  end: [t("Peristiwa akhir"), { type: "bpmn:EndEvent" }],
});
const NOTE = () => ({ note: [t("Catatan"), { type: "bpmn:TextAnnotation" }] });
const START = () => ({ start: [t("Peristiwa mulai"), { type: "bpmn:StartEvent" }] });

// A small form of the panel: its fields, and the button that does it; Enter in a field does it, too.
function act(name, legend, fields, words, run) {
  const button = h("button.btn.btn-sm", { "data-field": `${name}-lakukan` }, words);
  const id = uid("bagian");
  return h("form.modeler-act", { role: "group", "aria-labelledby": id, "data-draw": name, onsubmit: (event) => {
    event.preventDefault();
    run();
  } }, h("p.form-label.m-0", { id }, legend), fields, button);
}

function choice(label, name, entries, chosen) {
  const control = h("select.form-select", { "data-field": name }, entries.map(([value, words]) => h("option", { value }, words)));
  if (chosen !== undefined) control.value = chosen;
  return [control, labelled(label, control)];
}

function words(label, name, hint) {
  const control = h("input.form-control", { "data-field": name, autocomplete: "off" });
  return [control, labelled(label, control, hint)];
}

const ids = (elements) => elements.map((one) => [one.id, nameOf(one)]);

export function drawGroup(element, studio) {
  const acts = is(element, "bpmn:Lane") ? laneActs(element, studio)
    : is(element, "bpmn:SequenceFlow") ? flowActs(element, studio)
      : is(element, "bpmn:FlowNode") ? nodeActs(element, studio) : [];
  const removing = h("button.btn.btn-sm.btn-outline-danger", { type: "button", "data-field": "hapus", onclick: () => {
    remove(studio, element);
    studio.panel.focus(studio.panel.box.querySelector("[data-field=tambah-jenis]") ? "tambah-jenis" : "tambah-pelaksana");
  } }, t("Hapus: {what}", { what: nameOf(element) }));
  const last = is(element, "bpmn:Lane") && lanes(studio.sop).length < 2;
  return group(t("Menggambar"), { name: "gambar" }, acts, !last && removing);
}

function nodeActs(element, studio) {
  return [
    addAct(element, studio),
    connectAct(element, studio),
    moveAct(element, studio),
    is(element, "bpmn:Activity") && timerAct(element, studio),
    replaceAct(element, studio),
  ];
}

function addAct(element, studio) {
  const { sop } = studio;
  const kinds = { ...(is(element, "bpmn:EndEvent") ? {} : KINDS()), ...NOTE() };
  const [kind, kindField] = choice(t("Jenis"), "tambah-jenis", Object.entries(kinds).map(([key, [label]]) => [key, label]));
  const [name, nameField] = words(t("Nama"), "tambah-nama");
  const every = lanes(sop);
  const [lane, laneField] = choice(t("Lajur"), "tambah-lajur", ids(every), laneOf(sop, element)?.id);
  const way = !is(element, "bpmn:EndEvent") && followed(element, "");
  const hint = way && h("p.form-hint.m-0", {}, t("Disisipkan sebelum {next}.", { next: nameOf(way.target) }));
  return act("tambah", t("Tambah sesudahnya"), [kindField, nameField, every.length > 1 && laneField, hint], t("Tambah"), () => {
    const made = addAfter(studio, element, { ...kinds[kind.value][1], name: name.value.trim(), lane: every.find(({ id }) => id === lane.value) });
    studio.choose(made, is(made, "bpmn:EndEvent") || is(made, "bpmn:TextAnnotation") ? "name" : "tambah-jenis");
  });
}

function connectAct(element, studio) {
  const rules = studio.modeler.get("bpmnRules");
  const there = flows(element).map(({ target }) => target);
  const targets = nodes(studio.sop).filter((one) => one !== element && !there.includes(one) && rules.canConnect(element, one)?.type === "bpmn:SequenceFlow");
  if (!targets.length) return null;
  const [target, field] = choice(t("Menuju"), "sambung-ke", ids(targets));
  return act("sambung", t("Sambungkan ke elemen lain"), [field], t("Sambungkan"), () => {
    connect(studio, element, studio.sop.element(target.value));
    studio.choose(element, "sambung-ke");
  });
}

function moveAct(element, studio) {
  const here = laneOf(studio.sop, element);
  const others = lanes(studio.sop).filter((one) => one !== here);
  if (!others.length || element.host) return null;
  const [lane, field] = choice(t("Lajur"), "pindah-ke", ids(others));
  return act("pindah", here ? t("Pindahkan dari lajur {lane}", { lane: nameOf(here) }) : t("Pindahkan ke lajur"), [field], t("Pindahkan"), () => {
    moveTo(studio, element, studio.sop.element(lane.value));
    studio.choose(element, "pindah-ke");
  });
}

function timerAct(element, studio) {
  const [time, field] = words(t("Waktu"), "batas-waktu", t("Misalnya 2 hari atau 30 menit; kegiatan tetap berjalan."));
  return act("batas", t("Pengatur waktu pada batas kegiatan"), [field], t("Pasang"), () => studio.guarded(async () => {
    const { max, min } = await readWaktu(time.value);
    if (!max && !min) return studio.warn(t("“{words}” tidak terbaca sebagai waktu.", { words: time.value }));
    studio.choose(addTimer(studio, element, time.value.trim(), max ?? min), "tambah-jenis");
  }));
}

function replaceAct(element, studio) {
  const open = () => {
    studio.modeler.get("selection").select(element);
    studio.modeler.get("editorActions").trigger("replaceElement", {});
  };
  return h("button.btn.btn-sm", { type: "button", "data-field": "ganti-jenis", onclick: open }, t("Ganti jenis: {kind}", { kind: kindOf(element) }));
}

function flowActs(flow, studio) {
  const rules = studio.modeler.get("bpmnRules");
  const every = nodes(studio.sop);
  const end = (name, legend, label, which, candidates) => {
    const [node, field] = choice(label, name, ids(candidates), flow[which].id);
    return act(name, legend, [field], t("Sambungkan ulang"), () => {
      reconnect(studio, flow, which, studio.sop.element(node.value));
      studio.choose(flow, name);
    });
  };
  return [
    end("alur-ke", t("Menuju elemen lain"), t("Menuju"), "target", every.filter((one) => rules.canConnect(flow.source, one, flow))),
    end("alur-dari", t("Berasal dari elemen lain"), t("Dari"), "source", every.filter((one) => rules.canConnect(one, flow.target, flow))),
  ];
}

function laneActs(lane, studio) {
  const kinds = { ...START(), ...KINDS() };
  const [kind, kindField] = choice(t("Jenis"), "tambah-jenis", Object.entries(kinds).map(([key, [label]]) => [key, label]));
  const [name, nameField] = words(t("Nama"), "tambah-nama");
  const empty = !(lane.children ?? []).some((one) => is(one, "bpmn:Lane"));
  return [
    empty && act("tambah", t("Tambah di lajur ini, belum tersambung"), [kindField, nameField], t("Tambah"), () => {
      const made = addInLane(studio, lane, { ...kinds[kind.value][1], name: name.value.trim() });
      studio.choose(made, "tambah-jenis");
    }),
    performerAct(studio, lane),
  ];
}

function performerAct(studio, after, legend = t("Tambah pelaksana sesudahnya")) {
  const [name, field] = words(t("Nama"), "tambah-pelaksana");
  return act("pelaksana", legend, [field], t("Tambah pelaksana"), () => {
    studio.choose(addLane(studio, after, name.value.trim()), "peran");
  });
}

// Of the whole SOP: its performers, one by one, and one more.
export function lanesGroup(element, studio) {
  const { sop } = studio;
  if (!is(sop.pool(), "bpmn:Participant")) return null;
  const every = lanes(sop);
  const jump = (lane) => h("li", {}, h("button.modeler-jump", { type: "button", onclick: () => studio.choose(lane, "name") }, nameOf(lane)));
  return group(t("Pelaksana"), { name: "para-pelaksana" }, h("ol.modeler-ways", {}, every.map(jump)), performerAct(studio, every.at(-1), t("Tambah pelaksana")));
}
