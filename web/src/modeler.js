// The page of the modeler: the canvas, its panel, the list of problems, and the draft that all of it becomes.
import Modeler from "bpmn-js/lib/Modeler";
import { canvasWords } from "./lib/modeler/canvas_words.js";
import { resolveConflict } from "./lib/modeler/conflict.js";
import { debounce, h, Refusal, setup, t } from "./lib/modeler/dom.js";
import { Draft } from "./lib/modeler/draft.js";
import { flush } from "./lib/modeler/fields.js";
import { menus } from "./lib/modeler/menus.js";
import { laidOut, layOut } from "./lib/modeler/lay_out.js";
import { knownNames, restoreForms } from "./lib/modeler/names.js";
import { outline } from "./lib/modeler/outline.js";
import { Panel } from "./lib/modeler/panel.js";
import { Problems } from "./lib/modeler/problems.js";
import { ownKeys, shortcuts } from "./lib/modeler/shortcuts.js";
import { Sop, sopModdle } from "./lib/modeler/sop.js";
import { tokenSimulation, tokenSwitch } from "./lib/modeler/tokens.js";

const KEEP = 300; // milliseconds until a change is kept in the browser and sent to the server
const page = document.querySelector("[data-modeler]");
const one = (selector) => page.querySelector(selector);

class Studio {
  constructor(draft) {
    this.page = page;
    this.draft = draft;
    this.timers = [];
    this.modeler = new Modeler({
      container: one("[data-canvas]"),
      moddleExtensions: { sop: sopModdle },
      additionalModules: [canvasWords, menus, tokenSimulation],
    });
    one("[data-palette]").append(one("[data-canvas] .djs-palette"));
    this.sop = new Sop(this.modeler);
    const stack = this.modeler.get("commandStack");
    stack.register("alur.step", { preExecute: ({ act }) => act() });
    this.panel = new Panel(one("[data-panel]"), this);
    this.problems = new Problems(this, one("[data-problems]"), one("[data-verdict]"));
    this.changed = debounce(KEEP, () => this.keep());
    this.modeler.get("eventBus").on("commandStack.changed", () => this.touched());
  }

  names() {
    return knownNames(this.sop, this.draft.forms);
  }

  // Several changes as one step of undo; the panel shows the result.
  step(act) {
    let made;
    this.modeler.get("commandStack").execute("alur.step", { act: () => (made = act()) });
    this.panel.show();
    return made;
  }

  rename(element, property, value) {
    this.sop.modeling.updateProperties(element, { [property]: value });
  }

  // What talks to the server: a refusal becomes a sentence above the canvas.
  async guarded(act) {
    try {
      await act();
      this.panel.show();
      this.touched();
    } catch (error) {
      if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
      if (error.status === 412) return this.draft.failed(error);
      this.warn(error instanceof Refusal ? [error.message, ...(error.problem.errors ?? []).map((each) => each.message)].join(" ") : t("Server tidak terjangkau; coba lagi."));
    }
  }

  warn(words, level = "danger", ...acts) {
    const banner = one("[data-banner]");
    banner.replaceChildren(h(`div.alert.alert-${level}.d-flex.flex-wrap.gap-2.align-items-center`, {}, h("span.me-auto", {}, words), acts,
      h("button.btn.btn-sm", { type: "button", onclick: () => banner.replaceChildren() }, t("Tutup"))));
  }

  show(id) {
    const element = this.sop.element(id);
    if (!element) return;
    one(".modeler-grid").scrollIntoView({ block: "nearest" });
    this.modeler.get("canvas").scrollToElement(element, 80);
    this.modeler.get("selection").select(element);
  }

  // The same from a list: on to the panel, which is where one goes on.
  reach(id) {
    this.show(id);
    this.panel.enter();
  }

  // Selects what was just drawn, in sight, and puts the cursor where drawing goes on.
  choose(element, field) {
    this.modeler.get("canvas").scrollToElement(element, 80);
    this.modeler.get("selection").select(element);
    this.panel.show();
    this.panel.focus(field);
  }

  // Says what happened to those who do not see the canvas.
  say(words) {
    one("[data-said]").textContent = words;
  }

  // Selects an element and puts the cursor into one of its fields.
  edit(element, field) {
    if (element.id && this.sop.element(element.id)) this.modeler.get("selection").select(element.parent ? element : null);
    this.panel.show();
    this.panel.focus(field);
  }

  touched() {
    page.dataset.dirty = "true";
    one("[data-act=undo]").disabled = !this.modeler.get("commandStack").canUndo();
    one("[data-act=redo]").disabled = !this.modeler.get("commandStack").canRedo();
    this.changed();
  }

  async xml() {
    return (await this.modeler.saveXML({ format: true })).xml;
  }

  async keep() {
    this.changed.cancel();
    await restoreForms(this.sop, this.draft);
    const xml = await this.xml();
    one("[data-title]").textContent = this.sop.process()?.name || setup.key;
    outline(this, one("[data-outline]"));
    this.problems.changed(xml);
    await this.draft.save(xml);
  }
}

const draft = new Draft(setup.key);

function saved() {
  const words = {
    saving: t("Menyimpan …"), saved: t("Tersimpan di server."), clean: "",
    offline: t("Server tidak terjangkau. Perubahan aman di peramban ini dan dikirim begitu tersambung."),
    unkept: t("Peramban tidak dapat menyimpan salinan; jangan tutup tab sebelum tersimpan di server."),
    refused: t("Server menolak penyimpanan; perubahan tetap ada di peramban ini."),
    conflict: t("Orang lain menyimpan versi lain; perubahan Anda aman di peramban ini."),
  };
  one("[data-saved]").textContent = words[draft.state];
  one("[data-saved]").dataset.state = draft.state;
  page.dataset.dirty = String(draft.latest !== undefined && draft.latest !== draft.saved);
}

const STATUS = () => ({ draft: t("rancangan"), in_review: t("sedang ditinjau"), approved: t("disetujui") });

async function start() {
  let about;
  try {
    about = await draft.load();
  } catch (error) {
    return cannot(error);
  }
  page.querySelectorAll("[data-needs-draft]").forEach((each) => (each.hidden = false));
  const studio = new Studio(draft);
  const badge = one("[data-status]");
  badge.textContent = STATUS()[about.status] ?? about.status;
  badge.hidden = false;
  draft.addEventListener("state", ({ error }) => {
    saved();
    if (draft.state === "saved" && about.status !== "draft") badge.textContent = STATUS().draft;
    if (draft.state === "conflict") resolveConflict(studio);
    if (draft.state === "refused") studio.warn([error.message, t("Muat ulang halaman setelah masuk lagi; perubahan Anda dipulihkan.")].join(" "));
  });
  const kept = draft.kept();
  const canvas = studio.modeler.get("canvas");
  const drawnAnew = await open(studio, kept?.xml ?? about.xml);
  fit(canvas);
  one("[data-canvas]").setAttribute("aria-busy", "false");
  if (about.status !== "draft") studio.warn(t("Rancangan ini sudah diajukan. Mengubahnya mengembalikannya menjadi rancangan biasa, dan perlu ditinjau lagi."), "info");
  wire(studio);
  one("[data-title]").textContent = studio.sop.process()?.name || setup.key;
  outline(studio, one("[data-outline]"));
  studio.problems.changed(kept?.xml ?? about.xml);
  if (kept) restore(studio, kept);
  else if (drawnAnew) await studio.keep();
  else draft.saved = draft.latest = await studio.xml();
  page.dataset.ready = "true";
}

// Puts a drawing on the canvas; one without any shapes is laid out first, which is said.
async function open(studio, xml) {
  const drawn = /<(\w+:)?BPMNShape\b/.test(xml);
  await studio.modeler.importXML(drawn ? xml : await laidOut(xml));
  if (!drawn) studio.warn(t("Berkas ini tidak memuat gambar; gambarnya dibuat otomatis."), "info");
  return !drawn;
}

// The whole drawing; one of many lanes begins at its upper left, at a size that can be read.
function fit(canvas) {
  const margin = 20;
  canvas.zoom("fit-viewport");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.max(0.5, Math.min(1, (outer.width - 2 * margin) / inner.width, (outer.height - 2 * margin) / inner.height));
  canvas.viewbox({ x: inner.x - margin / scale, y: inner.y - margin / scale, width: outer.width / scale, height: outer.height / scale });
}

// A copy that the server never got: it goes on where the tab was closed, unless somebody else saved meanwhile.
function restore(studio, kept) {
  if (kept.etag !== draft.etag) {
    draft.latest = kept.xml;
    draft.stopped = true;
    return draft.tell("conflict");
  }
  studio.warn(t("Perubahan yang belum sempat tersimpan telah dipulihkan dari peramban ini."), "info");
  return draft.save(kept.xml);
}

function cannot(error) {
  if (error instanceof Refusal && error.status === 404) return (one("[data-create]").hidden = false);
  if (!(error instanceof Refusal || error instanceof TypeError)) throw error;
  const words = error instanceof Refusal ? error.message : t("Server tidak terjangkau; coba lagi.");
  one("[data-banner]").replaceChildren(h("div.alert.alert-danger", {}, words, " ", h("a", { href: location.href }, t("Muat ulang"))));
}

// Opens the search after the click, which would close it again; the end of the Enter that made the click would, too.
function find(actions) {
  setTimeout(() => actions.trigger("find"));
  const end = (event) => event.key === "Enter" && event.stopPropagation();
  document.addEventListener("keyup", end, { capture: true, once: true });
  document.addEventListener("keydown", () => document.removeEventListener("keyup", end, true), { capture: true, once: true });
}

function wire(studio) {
  const actions = studio.modeler.get("editorActions");
  const canvas = studio.modeler.get("canvas");
  const acts = {
    undo: () => actions.trigger("undo"),
    redo: () => actions.trigger("redo"),
    find: () => find(actions),
    in: () => studio.modeler.get("zoomScroll").stepZoom(1),
    out: () => studio.modeler.get("zoomScroll").stepZoom(-1),
    fit: () => fit(canvas),
    full: (button) => {
      button.setAttribute("aria-pressed", String(page.toggleAttribute("data-full")));
      canvas.resized();
    },
    layout: () => studio.guarded(() => layOut(studio, () => fit(canvas))),
    keys: () => shortcuts(one("[data-dialog]")),
    sla: () => studio.guarded(async () => (await import("./lib/modeler/sla.js")).openSla(studio, one("[data-dialog]"))),
  };
  page.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-act]");
    if (button && acts[button.dataset.act]) acts[button.dataset.act](button);
  });
  ownKeys(studio);
  tokenSwitch(studio, one("[data-act=tokens]"));
  one("[data-act=undo]").disabled = one("[data-act=redo]").disabled = true;
  addEventListener("online", () => draft.state === "offline" && draft.save(draft.latest));
  // Before the page goes: what was typed a moment ago is handed in and kept; leaving to a page of the draft waits for it.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") finish(studio);
  });
  page.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-leave]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    await finish(studio);
    location.assign(link.href);
  });
}

async function finish(studio) {
  flush();
  if (page.dataset.dirty === "true") await studio.keep();
}

await start();
