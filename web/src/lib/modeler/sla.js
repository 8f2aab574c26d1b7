// Simulation of the time limits: a scenario typed in a dialog, played by the server over the drawing as it is now.
import { ask, h, Refusal, setup, t } from "./dom.js";
import { selectField, textField } from "./fields.js";
import { branches, branchFields, seenFlows } from "./sla_branches.js";
import { found, PERSONAL } from "./sop.js";
import { readWaktu } from "./waktu.js";

const DEFAULTS = { requests: "500", per_day: "2", effort: "100", seed: "1", durations: "mutu_baku" };
const scenario = { ...DEFAULTS, staff: {}, activities: {} };

// The lanes that queue: roles of employees, with their names.
function roles(sop) {
  const lanes = sop.registry.filter(({ type }) => type === "bpmn:Lane").map(({ businessObject: one }) => [one.name, found(one, "sop:Pelaksana")]);
  return [...new Map(lanes.filter(([, performer]) => performer?.peran && performer.jenis !== "pemohon").map(([name, { peran }]) => [peran, name]))];
}

const number = (label, value, max, commit) => textField(label, value, commit, { type: "number", name: label, max });

export async function openSla(studio, dialog) {
  await seenFlows();
  const { sop } = studio;
  const answer = h("div", { role: "region", "aria-live": "polite", "aria-label": t("Hasil simulasi") });
  const put = (name) => (value) => (scenario[name] = value);
  const people = roles(sop).map(([role, name]) => number(t("Orang: {name}", { name: name || role }), scenario.staff[role] ?? "1", 5, (value) => (scenario.staff[role] = value)));
  const tasks = sop.all().filter(({ businessObject: one }) => PERSONAL.includes(one.$type));
  const lasting = tasks.map(({ businessObject: one }) => textField(one.name || one.id, scenario.activities[one.id] ?? "", (value) => (scenario.activities[one.id] = value.trim()), { name: one.id, hint: found(one, "sop:MutuBaku")?.waktu }));
  const run = h("button.btn.btn-primary", {}, t("Jalankan simulasi"));
  const form = h("form", { novalidate: true }, h("div.sla-form", {},
    number(t("Jumlah permohonan (paling banyak {most})", { most: setup.most_requests }), scenario.requests, 6, put("requests")),
    number(t("Permohonan per hari kerja"), scenario.per_day, 6, put("per_day")),
    number(t("Bagian lama kegiatan yang sungguh dikerjakan (%)"), scenario.effort, 3, put("effort")),
    selectField(t("Lama kegiatan"), scenario.durations, [["mutu_baku", t("menurut mutu baku")], ["history", t("menurut riwayat yang sungguh terjadi")]], put("durations")),
    number(t("Benih acak"), scenario.seed, 9, put("seed")), people),
  branchFields(sop),
  h("details", {}, h("summary", {}, t("Lama per kegiatan bila berbeda dari mutu baku")), h("div.sla-form.mt-2", {}, lasting)),
  h("div.d-flex.gap-2.mt-2", {}, run, h("button.btn", { type: "button", onclick: () => dialog.close() }, t("Tutup"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    run.disabled = true;
    answer.replaceChildren(h("p", {}, t("Menghitung …")));
    await play(studio, answer).finally(() => (run.disabled = false));
  });
  dialog.replaceChildren(h("h2", { id: "judul-dialog" }, t("Simulasi waktu layanan")),
    h("p", {}, t("Permohonan contoh datang acak, mengantre pada setiap pelaksana, dan dikerjakan dalam jam kerja. Tidak ada permohonan sungguhan yang tersentuh.")), form, answer);
  dialog.showModal();
}

// What is typed as the scenario of docs/simulation.md; durations are words, read as the Waktu column is read.
async function typed(sop) {
  const activities = {};
  for (const [id, words] of Object.entries(scenario.activities).filter(([, text]) => text)) {
    const { min, max, kalender } = await readWaktu(words);
    if (!max && !min) throw new Refusal(422, { message: t("“{words}” tidak terbaca sebagai waktu.", { words }) });
    activities[id] = { duration: min && max ? { kind: "triangular", min, max, calendar: kalender } : { kind: "constant", mean: max ?? min, calendar: kalender } };
  }
  const staff = Object.fromEntries(Object.entries(scenario.staff).map(([role, count]) => [role, Number(count)]));
  return { requests: Number(scenario.requests), seed: Number(scenario.seed), durations: scenario.durations, effort: Number(scenario.effort) / 100, arrivals: { per_day: Number(scenario.per_day) }, staff, activities, branches: branches(sop) };
}

async function play(studio, answer) {
  try {
    const body = { xml: await studio.xml(), scenario: await typed(studio.sop) };
    const result = await ask("POST", `/sop/${encodeURIComponent(setup.key)}/simulasi`, body);
    const { showResult } = await import("./sla_result.js");
    showResult(answer, result);
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
    const lines = (error.problem?.errors ?? []).map((one) => h("li", {}, [one.field, one.name].filter(Boolean).join(" "), " ", one.message));
    answer.replaceChildren(h("div.alert.alert-warning", {}, error instanceof Refusal ? error.message : t("Server tidak terjangkau; coba lagi."), h("ul", {}, lines)));
  }
}
