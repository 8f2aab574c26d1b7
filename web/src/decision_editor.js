// A decision, drawn with dmn-js: kept as a draft while drawn, judged by the server's decision rules, tried with inputs.
import Modeler from "dmn-js/lib/Modeler";
import { checker, list, post, words } from "./lib/check.js";
import { keep } from "./lib/draft_file.js";
import { translate } from "./lib/dmn_words.js";
import { tryOut } from "./lib/try_decision.js";

const page = document.querySelector("[data-decision-editor]");
const tabs = page.querySelector("[data-views]");
const verdict = page.querySelector("[data-verdict]");
const canvas = page.querySelector("[data-canvas]");
const initial = JSON.parse(document.querySelector("#dmn").textContent);

const each = { additionalModules: [{ translate: ["value", translate] }] };
const modeler = new Modeler({
  container: canvas,
  common: { expressionLanguages: { options: [{ label: "FEEL", value: "feel" }], defaults: { editor: "feel" } } },
  drd: each,
  decisionTable: each,
  literalExpression: each,
  boxedExpression: each,
});

const read = async () => (await modeler.saveXML({ format: true })).xml;
const file = keep(page, { field: "xml", content: { initial, read }, same: (one, other) => one === other });
const panel = tryOut(page, async (body) => post(page, page.dataset.try, JSON.stringify({ xml: await read(), ...body })), mark);
const check = checker(page, async () => ({ xml: await read() }), show);
let matched = [];

modeler.on("viewer.created", ({ viewer }) => {
  viewer.on("commandStack.changed", () => {
    file.changed();
    check();
    mark([]);
  });
});
modeler.on("views.changed", ({ views, activeView }) => drawTabs(views, activeView));
await modeler.importXML(initial);
const table = modeler.getViews().find(({ type }) => type === "decisionTable");
if (table) await modeler.open(table);
canvas.setAttribute("aria-busy", "false");
check();

// The name of the model lies over the upper left corner of its diagram: the drawing begins below.
modeler.on("import.render.complete", ({ view }) => {
  if (view?.type !== "drd") return;
  const drawing = modeler.getActiveViewer()?.get("canvas");
  drawing?.zoom("fit-viewport");
  drawing?.scroll({ dx: 80, dy: 90 });
});

function drawTabs(views, active) {
  tabs.replaceChildren(...views.map((view) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    item.className = "nav-item";
    button.type = "button";
    button.className = `nav-link${view === active || view.id === active?.id ? " active" : ""}`;
    if (view.id === active?.id) button.setAttribute("aria-current", "true");
    button.textContent = view.type === "drd" ? page.dataset.drd : view.name || view.id;
    button.addEventListener("click", async () => {
      await modeler.open(view);
      mark(matched);
    });
    item.append(button);
    return item;
  }));
}

async function go({ element }) {
  const owner = modeler.getViews().find((view) => view.id === element || view.element?.decisionLogic?.rule?.some(({ id }) => id === element));
  if (owner && owner.id !== modeler.getActiveView()?.id) await modeler.open(owner);
  canvas.querySelector(`[data-row-id="${CSS.escape(element)}"]`)?.scrollIntoView({ block: "center" });
}

function show({ valid, findings, inputs, decisions }) {
  page.dataset.valid = valid ? "yes" : "no";
  const level = findings.length === 0 ? "success" : valid ? "warning" : "danger";
  verdict.textContent = findings.length === 0 ? page.dataset.good : `${page.dataset.bad} (${findings.length})`;
  verdict.className = `alert alert-${level}`;
  const host = page.querySelector("[data-findings]");
  list(host, findings, go);
  findings.forEach((finding, place) => {
    if (Object.keys(finding.example).length === 0) return;
    const use = document.createElement("button");
    use.type = "button";
    use.className = "btn btn-sm ms-2";
    use.textContent = page.dataset.use;
    use.setAttribute("aria-label", `${page.dataset.use}: ${words(finding)}`);
    use.addEventListener("click", () => panel.example(finding.example));
    host.children[place].append(use);
  });
  panel.offer(inputs, decisions);
}

// Rules that matched are shown in the table itself; the editor draws its cells anew whenever something changes.
function mark(rules) {
  matched = rules;
  requestAnimationFrame(() => {
    for (const cell of canvas.querySelectorAll("[data-matched]")) delete cell.dataset.matched;
    for (const { rule } of rules) {
      for (const cell of canvas.querySelectorAll(`[data-row-id="${CSS.escape(rule)}"]`)) cell.dataset.matched = "yes";
    }
  });
}
