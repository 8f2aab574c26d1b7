// The list of problems: the server's verdict and the quick findings, on the canvas as markers and below as a list.
import { ask, debounce, h, inEnglish, Refusal, setup, t } from "./dom.js";
import { cureFor } from "./cures.js";
import { quickFindings } from "./quick_lint.js";

const ORDER = ["error", "warning", "info"];
const PAUSE = 700; // milliseconds after the last change

export class Problems {
  constructor(studio, list, verdict) {
    Object.assign(this, { studio, list, verdict, quick: [], judged: [], marked: [], asked: null });
    this.judge = debounce(PAUSE, (xml) => this.ask(xml));
  }

  // A changed drawing: the quick findings now, the server's in a moment; only the newest answer counts.
  async changed(xml) {
    this.quick = await quickFindings(this.studio);
    this.stale = true;
    this.show();
    this.judge(xml);
  }

  async ask(xml) {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    try {
      const profile = this.studio.draft.about.profile ?? "sop";
      const answer = await ask("POST", "/sop/periksa", { xml, profile, key: setup.key }, { signal: asked.signal });
      this.judged = answer.findings;
      this.stale = false;
      this.trouble = null;
      this.studio.timers = answer.timers ?? [];
    } catch (error) {
      if (error.name === "AbortError") return;
      this.trouble = error instanceof Refusal ? error.message : t("Pemeriksaan menunggu: server tidak terjangkau.");
    }
    this.show();
  }

  all() {
    const said = new Set(this.judged.map(({ element, rule }) => `${element} ${rule}`));
    const fresh = this.quick.filter(({ element, same }) => !said.has(`${element} ${same}`));
    return [...this.judged, ...fresh].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  }

  show() {
    const findings = this.all();
    this.mark(findings);
    const counts = Object.fromEntries(ORDER.map((one) => [one, findings.filter(({ severity }) => severity === one).length]));
    const state = this.trouble ?? (this.stale ? t("Sedang diperiksa server …") : counts.error ? t("Belum dapat diterapkan.") : t("Dapat diterapkan."));
    this.verdict.textContent = `${t("{error} kesalahan, {warning} peringatan, {info} keterangan.", counts)} ${state}`;
    this.verdict.dataset.valid = String(!this.stale && !this.trouble && !counts.error);
    const busy = document.activeElement?.closest("[data-finding]")?.dataset.finding;
    this.list.replaceChildren(...(findings.length ? findings.map((one) => this.row(one)) : [h("li.text-secondary", {}, t("Tidak ada masalah."))]));
    if (busy) [...this.list.children].find((row) => row.dataset.finding === busy)?.querySelector("button")?.focus();
  }

  row(finding) {
    const element = this.studio.sop.element(finding.element);
    const cure = cureFor(finding, this.studio);
    const words = { error: t("Kesalahan"), warning: t("Peringatan"), info: t("Keterangan") }[finding.severity];
    const colour = { error: "red", warning: "yellow", info: "secondary" }[finding.severity];
    const message = withoutName(inEnglish ? (finding.message_en ?? finding.message) : finding.message, finding.name);
    const how = inEnglish ? (finding.cure_en ?? finding.cure) : finding.cure;
    return h("li", { "data-finding": `${finding.element} ${finding.rule}` },
      h(`span.badge.bg-${colour}-lt`, {}, words), h("div", {},
        element && h("button.modeler-jump", { type: "button", onclick: () => this.studio.show(finding.element) }, finding.name || finding.element),
        h("span", {}, " ", message), how && h("span.d-block.text-secondary.small", {}, how),
        finding.quick && h("span.d-block.text-secondary.small", {}, t("Pemeriksaan cepat di peramban"))),
      cure && h("button.btn.btn-sm", { type: "button", "data-cure": finding.rule, onclick: cure.run }, cure.words));
  }

  mark(findings) {
    const canvas = this.studio.modeler.get("canvas");
    for (const [id, marker] of this.marked) if (this.studio.sop.element(id)) canvas.removeMarker(id, marker);
    this.marked = findings.filter(({ element, severity }) => severity !== "info" && this.studio.sop.element(element)).map(({ element, severity }) => [element, `has-${severity}`]);
    for (const [id, marker] of this.marked) canvas.addMarker(id, marker);
  }
}

// The name stands before the sentence already, as the button that leads to the element.
const withoutName = (message, name) => (name && message.startsWith(`"${name}" `) ? message.slice(name.length + 3) : message);
