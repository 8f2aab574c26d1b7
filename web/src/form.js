// A form drawn by form-js in place of the plain fields: draft as you type, the server's errors beside the fields,
// nothing typed lost when the answer is no. Without this script the plain fields work by themselves.
import { Form } from "@bpmn-io/form-js-viewer";

const host = document.querySelector("[data-form]");
const page = host.closest("form");
const message = page.querySelector("[data-form-message]");
const saved = page.querySelector("[data-saved]");
const schema = JSON.parse(document.querySelector("#form-schema").textContent);
const initial = JSON.parse(document.querySelector("#form-data").textContent);
const headers = { "X-CSRF-Token": page.elements._csrf.value, Accept: "application/json" };

const once = `${Date.now()}-${Math.random()}`; // sent again after a lost answer, it is still one request
const area = document.createElement("div");
host.replaceChildren(area);
const form = new Form({ container: area });
await form.importSchema(schema, initial.data);
const byPath = new Map(form.get("formFieldRegistry").getAll().filter(({ key }) => key).map(({ id, key }) => [key, id]));
const pickers = form.get("formFieldRegistry").getAll().filter(({ type }) => type === "filepicker");
showErrors(initial.errors);

// The chosen files leave first; what the form hands in are their numbers.
async function uploaded(data, files) {
  const values = { ...data };
  for (const { key } of pickers) {
    const chosen = files.get(values[key]) ?? [];
    const ids = [];
    for (const file of chosen) {
      const body = new FormData();
      body.append("file", file);
      const answer = await fetch(page.dataset.upload, { method: "POST", headers, body });
      const stored = await answer.json();
      if (!answer.ok) throw new Refusal(answer.status, { ...stored, errors: [{ field: key, message: stored.detail }] });
      ids.push(stored.id);
    }
    if (ids.length) values[key] = ids;
    else delete values[key];
  }
  return values;
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

function withoutFiles(data) {
  const names = new Set(pickers.map(({ key }) => key));
  return Object.fromEntries(Object.entries(data).filter(([key]) => !names.has(key)));
}

async function submit(button) {
  const { data, files } = form.submit();
  const values = await uploaded(data, files);
  if (button?.name) values[button.name] = button.value;
  const state = page.dataset.etag ? { "If-Match": page.dataset.etag } : {};
  const answer = await fetch(page.action, {
    method: "POST",
    headers: { ...headers, ...state, "Idempotency-Key": once, "Content-Type": "application/json" },
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
    const { location } = await submit(event.submitter);
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
let known = JSON.stringify(withoutFiles(form._getState().data));
if (page.dataset.draft) {
  form.on("changed", ({ data }) => {
    const typed = JSON.stringify(withoutFiles(data));
    if (typed === known) return;
    known = typed;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await fetch(page.dataset.draft, {
        method: "POST",
        headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ data: withoutFiles(data) }),
      }).catch(() => null);
      const result = answer && (await answer.json());
      saved.textContent = answer?.ok ? result.message : (result?.message ?? page.dataset.offline);
      saved.classList.toggle("text-danger", !answer?.ok);
    }, 800);
  });
}
