// A form drawn by form-js in place of the plain fields: draft as you type, the server's errors beside the fields,
// nothing typed lost when the answer is no. What somebody has begun to type into them moves along.
import { Form } from "@bpmn-io/form-js-viewer";
import { at, put, replaceMarks, withoutMarks } from "./places.js";

// What somebody has typed into the plain fields so far, by name; null when it cannot be carried over (files, groups).
function typed(host, schema) {
  const kinds = Object.fromEntries(schema.components.filter(({ key }) => key).map(({ key, type }) => [key, type]));
  const options = Object.fromEntries(schema.components.filter(({ values }) => values).map(({ key, values }) => [key, values.map(({ value }) => value)]));
  const offset = new Set(schema.components.filter(({ timeSerializingFormat }) => timeSerializingFormat).map(({ key }) => key));
  const values = {};
  for (const field of host.querySelectorAll("input, textarea, select")) {
    const { name, value } = field;
    const ticks = field.type === "checkbox" || field.type === "radio";
    if (ticks ? field.checked === field.defaultChecked : value === (field.defaultValue ?? "")) continue;
    if (field.type === "file" || !(name in kinds) || kinds[name] === "filepicker") return null;
    if (kinds[name] === "checkbox") values[name] = field.checked;
    else if (field.type === "checkbox") values[name] = [...host.querySelectorAll(`[name="${name}"]:checked`)].map((one) => one.value);
    else if (field.type === "number") values[name] = value === "" ? null : Number(value);
    else if (offset.has(name) || (options[name] && !options[name].includes(value))) return null; // no text in form-js
    else values[name] = value;
  }
  return values;
}

function focusAgain(area, label) {
  const same = [...area.querySelectorAll("label")].find((one) => one.textContent.replace(/\*$/, "").trim() === label);
  const field = same?.control ?? document.getElementById(same?.htmlFor ?? "");
  field?.focus();
  if (field?.setSelectionRange && field.type !== "number") field.setSelectionRange(field.value.length, field.value.length);
}

// Takes the place of the plain fields; answers false when it stayed away.
export async function takeOver(host, page) {
  const message = page.querySelector("[data-form-message]");
  const saved = page.querySelector("[data-saved]");
  const schema = JSON.parse(document.querySelector("#form-schema").textContent);
  const initial = JSON.parse(document.querySelector("#form-data").textContent);
  const headers = { "X-CSRF-Token": page.elements._csrf.value, Accept: "application/json" };

  const once = `${Date.now()}-${Math.random()}`; // sent again after a lost answer, it is still one request
  const area = document.createElement("div");
  const form = new Form({ container: area });
  const kept = new Map(Object.entries(initial.files ?? {})); // by field: uploads of an earlier visit, form-js knows none
  const before = typed(host, schema);
  await form.importSchema(schema, { ...initial.variables, ...withoutIds(initial.data, [...kept.keys()]), ...before });
  if (before === null || JSON.stringify(typed(host, schema)) !== JSON.stringify(before)) return false;
  const focused = host.contains(document.activeElement) ? document.activeElement.labels?.[0]?.textContent : null;
  host.replaceChildren(area);
  if (focused) focusAgain(area, focused.replace(/\*$/, "").trim());
  const nameOf = (field) => (form.get("pathRegistry").getValuePath(field) ?? [field.key]).join(".");
  const keyed = form.get("formFieldRegistry").getAll().filter(({ key }) => key);
  const byPath = new Map(keyed.map((field) => [nameOf(field), field.id]));
  const pickers = keyed.filter(({ type }) => type === "filepicker").map((field) => ({ name: nameOf(field), multiple: field.multiple }));
  showErrors(initial.errors);
  showKept();

  // The chosen files leave first, each once; what the form hands in are their numbers.
  const stored = new WeakMap();
  async function uploaded(data, files) {
    const nameOfMark = new Map(pickers.map(({ name }) => [at(data, name), name]));
    let values = await replaceMarks(data, async (mark) => {
      const ids = [];
      for (const file of files.get(mark) ?? []) {
        if (!stored.has(file)) stored.set(file, await upload(nameOfMark.get(mark) ?? "", file));
        ids.push(stored.get(file));
      }
      return ids;
    });
    for (const { name, multiple } of pickers) {
      const found = at(values, name);
      const ids = Array.isArray(found) ? found : [];
      const earlier = multiple || !ids.length ? (kept.get(name) ?? []).map(({ id }) => id) : [];
      if (earlier.length || found !== undefined) values = put(values, name, [...earlier, ...ids]);
    }
    return values;
  }

  async function upload(key, file) {
    const body = new FormData();
    body.append("file", file);
    const answer = await fetch(page.dataset.upload, { method: "POST", headers, body });
    const result = await answer.json();
    if (!answer.ok) throw new Refusal(answer.status, { ...result, errors: [{ field: key, message: result.message ?? result.detail }] });
    return result.id;
  }

  function withoutIds(data, names) {
    return names.reduce((rest, name) => put(rest, name, undefined), data);
  }

  // The uploads that are there already, each with a button to leave it out.
  function showKept() {
    let list = page.querySelector("[data-kept]");
    if (!list) {
      list = document.createElement("ul");
      list.dataset.kept = "";
      list.className = "list-unstyled";
      host.after(list);
    }
    const rows = [...kept].flatMap(([key, files]) => files.map((file) => {
      const row = document.createElement("li");
      row.className = "d-flex flex-wrap align-items-center gap-2 mb-2 hyphens";
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "btn btn-sm";
      remove.textContent = page.dataset.remove ?? "×";
      remove.setAttribute("aria-label", `${remove.textContent} ${file.name}`);
      remove.addEventListener("click", () => {
        kept.set(key, kept.get(key).filter(({ id }) => id !== file.id));
        showKept();
        if (page.dataset.draft) keep(form._getState().data);
      });
      row.append(`${file.name} (${page.dataset.stored ?? "✓"})`, remove);
      return row;
    }));
    list.replaceChildren(...rows);
  }

  class Refusal extends Error {
    constructor(status, problem) {
      super(problem.detail);
      this.status = status;
      this.problem = problem;
    }
  }

  function showErrors(errors) {
    const beside = {};
    const rest = [];
    for (const { field, message: text } of errors ?? []) {
      const id = byPath.get(field) ?? byPath.get(field.split(".")[0]);
      if (id) (beside[id] ??= []).push(text);
      else rest.push(`${field}: ${text}`);
    }
    form._setState({ errors: beside });
    return rest;
  }

  function say(text, level = "danger") {
    message.textContent = text;
    message.className = text ? `alert alert-${level}` : "";
    if (text) message.focus();
  }

  async function submit(button) {
    const { data, files } = form.submit();
    const values = await uploaded(data, files);
    if (button?.name) values[button.name] = button.value;
    const state = page.dataset.etag ? { "If-Match": page.dataset.etag } : {};
    const answer = await fetch(page.action, {
      method: "POST",
      headers: { ...headers, ...state, "Idempotency-Key": once, "Content-Type": "application/json" },
      body: JSON.stringify({ data: values, ...(page.elements.konsep ? { draft: page.elements.konsep.value } : {}) }),
    });
    const result = await answer.json();
    if (!answer.ok) throw new Refusal(answer.status, result);
    return result;
  }

  // Saving for later takes the chosen files along; the page that follows shows them.
  async function saveForLater(address) {
    const files = form.get("fileRegistry").getAllFiles(); // not submit(): a draft may be incomplete
    const values = await uploaded(form._getState().data, files);
    const answer = await fetch(address, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ data: values }),
    });
    const result = await answer.json();
    if (!answer.ok) throw new Refusal(answer.status, result);
    return result;
  }

  let busy = false;
  page.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    page.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    try {
      say("");
      const later = event.submitter?.hasAttribute("data-save");
      const { location } = later ? await saveForLater(event.submitter.formAction) : await submit(event.submitter);
      window.location.assign(location);
    } catch (error) {
      const problem = error instanceof Refusal ? error.problem : null;
      const rest = showErrors(problem?.errors);
      const lead = problem?.message ?? page.dataset.offline;
      say([lead, ...(problem ? rest : [])].join(" "), error.status === 422 ? "warning" : "danger");
    } finally {
      busy = false;
      page.removeAttribute("aria-busy");
    }
  });

  // Draft: a second after the last key. A draft that cannot be kept is said, and what was typed stays on the page.
  let waiting = null;
  let known = JSON.stringify(withoutMarks(form._getState().data));
  async function keep(data) {
    const values = [...kept].reduce((all, [name, files]) => put(all, name, files.map(({ id }) => id)), withoutMarks(data));
    const answer = await fetch(page.dataset.draft, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ data: values }),
    }).catch(() => null);
    const result = answer && (await answer.json());
    saved.textContent = answer?.ok ? result.message : (result?.message ?? page.dataset.offline);
    saved.classList.toggle("text-danger", !answer?.ok);
  }

  if (page.dataset.draft) {
    form.on("changed", ({ data }) => {
      const typed = JSON.stringify(withoutMarks(data));
      if (typed === known) return;
      known = typed;
      clearTimeout(waiting);
      waiting = setTimeout(() => keep(data), 800);
    });
    if (Object.keys(before).length) keep(form._getState().data);
  }
  return true;
}
