// The form of an activity, drawn with form-js's editor: kept as a draft while drawn, judged by the server's form rules.
import { FormEditor } from "@bpmn-io/form-js-editor";
import { checker, list, words } from "./lib/check.js";
import { keep } from "./lib/draft_file.js";

const page = document.querySelector("[data-form-editor]");
const verdict = page.querySelector("[data-verdict]");
const findings = page.querySelector("[data-findings]");
const names = page.querySelector("[data-names]");
const initial = JSON.parse(document.querySelector("#schema").textContent);

const editor = new FormEditor({ container: page.querySelector("[data-canvas]") });
await editor.importSchema(initial);
page.querySelector("[data-canvas]").setAttribute("aria-busy", "false");

const read = () => {
  const { exporter: _exporter, ...schema } = editor.saveSchema();
  return { ...schema, id: page.dataset.name };
};
const file = keep(page, { field: "schema", content: { initial, read } });
const check = checker(page, () => ({ schema: read() }), show);
let wrong = [];

// `components[2].components[0] (nama)` → the component there.
function componentAt(place) {
  let here = read();
  for (const [, position] of place.matchAll(/components\[(\d+)\]/g)) here = here?.components?.[Number(position)];
  return here?.id && place !== "form" ? editor.get("formFieldRegistry").get(here.id) : null;
}

function show({ valid, findings: found, fields }) {
  wrong = found;
  page.dataset.valid = valid ? "yes" : "no";
  verdict.textContent = valid ? page.dataset.good : `${page.dataset.bad} (${found.length})`;
  verdict.className = `alert ${valid ? "alert-success" : "alert-danger"}`;
  list(findings, found, ({ element }) => {
    const component = componentAt(element);
    if (component) editor.get("selection").set(component);
    mark();
    page.querySelector(`.fjs-element[data-id="${component?.id}"]`)?.scrollIntoView({ block: "center" });
  });
  if (valid) {
    names.replaceChildren(...fields.map(({ name, label, type, required }) => {
      const row = document.createElement("tr");
      for (const text of [name, label, type, required ? page.dataset.yes : ""]) {
        const cell = document.createElement("td");
        cell.textContent = text;
        row.append(cell);
      }
      return row;
    }));
  }
  mark();
}

// The message stands at its component; the editor draws its components anew whenever something changes.
function mark() {
  requestAnimationFrame(() => {
    const said = new Map();
    for (const finding of wrong) {
      const component = componentAt(finding.element);
      if (component) said.set(component.id, [...(said.get(component.id) ?? []), words(finding)]);
    }
    for (const element of page.querySelectorAll(".fjs-element[data-id]")) {
      const text = said.get(element.dataset.id);
      if (text) element.dataset.problem = text.join(" ");
      else delete element.dataset.problem;
    }
  });
}

editor.on("changed", () => {
  file.changed();
  check();
  mark();
});
editor.on("selection.changed", mark);
check();
