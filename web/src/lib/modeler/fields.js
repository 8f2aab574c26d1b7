// The fields of the panel: each shows a value and hands in a changed one, at the latest when it loses the focus.
import { ask, debounce, h, inEnglish, Refusal, t, uid } from "./dom.js";

const pending = new Set();
const TYPING = 500; // milliseconds after the last key

// Hands in what was typed a moment ago; called before anything reads the diagram.
export function flush() {
  for (const hand of [...pending]) hand();
}

function handing(control, commit, read = () => control.value) {
  let known = read();
  const hand = () => {
    later.cancel();
    pending.delete(hand);
    const value = read();
    if (value === known) return;
    known = value;
    commit(value);
  };
  const later = debounce(TYPING, hand);
  control.addEventListener("input", () => {
    pending.add(hand);
    later();
  });
  control.addEventListener("change", hand);
  return control;
}

export function labelled(label, control, hint, extra) {
  const id = control.id || uid("sifat");
  control.id = id;
  const said = hint && h("p.form-hint", { id: `${id}-k` }, hint);
  if (said) control.setAttribute("aria-describedby", `${id}-k`);
  return h("div.modeler-field", {}, h("label.form-label", { for: id }, label), control, said, extra);
}

export function textField(label, value, commit, { name, hint, rows, type = "text", choices, max, extra } = {}) {
  const attributes = { "data-field": name ?? label, maxlength: max, value: value ?? "", autocomplete: "off" };
  const control = rows ? h("textarea.form-control", { ...attributes, rows }) : h("input.form-control", { ...attributes, type });
  if (!choices) return labelled(label, handing(control, commit), hint, extra);
  const list = uid("pilihan");
  control.setAttribute("list", list);
  const options = choices.map((one) => h("option", { value: one.key }, one.name ?? one.key));
  return labelled(label, handing(control, commit), hint, [h("datalist", { id: list }, options), extra]);
}

export function selectField(label, value, choices, commit, { name, hint, extra } = {}) {
  const options = choices.map(([key, words]) => h("option", { value: key, selected: key === value }, words));
  const control = h("select.form-select", { "data-field": name ?? label }, options);
  control.value = value;
  control.addEventListener("change", () => commit(control.value));
  return labelled(label, control, hint, extra);
}

export function checkField(label, value, commit, { name, hint } = {}) {
  const box = h("input.form-check-input", { type: "checkbox", checked: value, "data-field": name ?? label });
  box.addEventListener("change", () => commit(box.checked));
  return h("div.modeler-field", {}, h("label.form-check", {}, box, h("span.form-check-label", {}, label)), hint && h("p.form-hint", {}, hint));
}

// A list of texts, one box each, with a box at the end for one more.
export function listField(label, values, commit, { name = label, hint } = {}) {
  const rows = h("ol.modeler-list");
  const read = () => [...rows.querySelectorAll("textarea")].map((one) => one.value.trim()).filter(Boolean);
  const add = (value, place) => {
    const words = t("{label} butir {n}", { label, n: place + 1 });
    const area = h("textarea.form-control", { rows: Math.min(4, 1 + Math.floor(value.length / 38)), value, "aria-label": words, "data-field": `${name} ${place}` });
    handing(area, () => commit(read()));
    const remove = h("button.btn.btn-sm", { type: "button", "aria-label": t("Hapus: {what}", { what: words }), onclick: () => {
      row.remove();
      commit(read());
      (rows.querySelector("li:last-child textarea") ?? more).focus();
    } }, "×");
    const row = h("li", {}, area, remove);
    rows.append(row);
    return area;
  };
  const more = h("button.btn.btn-sm", { type: "button", onclick: () => add("", rows.children.length).focus() }, t("Tambah"));
  values.forEach(add);
  return h("fieldset.modeler-field", {}, h("legend.form-label", {}, label), hint && h("p.form-hint", {}, hint), rows, more);
}

// FEEL, checked by the server while it is typed; `names` are the variables there are, null when nobody can know.
export function feelField(label, value, commit, { name, hint, kind = "expression", names = null, suggestions = [], rows = 2 } = {}) {
  const verdict = h("p.small.m-0", { role: "status" });
  let asked = null;
  const check = async () => {
    asked?.abort();
    const expression = control.value.trim().replace(/^=/, "");
    control.removeAttribute("aria-invalid");
    if (!expression) return verdict.replaceChildren();
    asked = new AbortController();
    try {
      show(await ask("POST", "/sop/feel", { expression, kind, names }, { signal: asked.signal }));
    } catch (error) {
      if (error.name === "AbortError") return;
      verdict.className = "small m-0 text-secondary";
      verdict.textContent = error instanceof Refusal ? error.message : t("FEEL belum diperiksa: server tidak terjangkau.");
    }
  };
  const show = ({ valid, type, findings }) => {
    control.setAttribute("aria-invalid", String(!valid));
    verdict.className = `small m-0 ${valid ? "modeler-right" : "modeler-wrong"}`;
    if (valid) return (verdict.textContent = t("FEEL benar, hasilnya: {type}", { type }));
    verdict.replaceChildren(...findings.map((one) => h("span.d-block", {}, sentence(one), one.suggestion && suggestion(one))));
  };
  const sentence = (one) => `${inEnglish ? one.message_en : one.message} (${t("baris {line}, huruf {column}", one)})`;
  const suggestion = (one) => [" ", h("button.btn.btn-sm", { type: "button", onclick: () => {
    const lines = control.value.split("\n");
    const line = lines[one.line - 1] ?? "";
    lines[one.line - 1] = line.slice(0, one.column - 1) + line.slice(one.column - 1).replace(/^[\p{L}_][\p{L}\p{N}_]*/u, one.suggestion);
    put(lines.join("\n"));
  } }, t("Pakai {name}", { name: one.suggestion }))];
  const control = h("textarea.form-control.modeler-feel", { rows, spellcheck: "false", value: value ?? "", "data-field": name ?? label });
  const put = (text) => {
    control.value = text;
    control.dispatchEvent(new Event("change"));
    check();
  };
  handing(control, (text) => commit(text.trim()));
  control.addEventListener("input", debounce(250, check));
  if (control.value) check();
  const offered = suggestions.slice(0, 12).map((text) => h("button.btn.btn-sm", { type: "button", onclick: () => put(text) }, text));
  const box = offered.length > 0 && h("details.small", {}, h("summary", {}, t("Nama dan nilai dari formulir")), h("div.d-flex.flex-wrap.gap-1", {}, offered));
  return labelled(label, control, hint, [verdict, box]);
}

export function group(title, { open = true, name = title } = {}, ...content) {
  return h("details.modeler-group", { open, "data-group": name }, h("summary", {}, title), h("div.modeler-group-body", {}, content));
}
