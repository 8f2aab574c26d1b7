// Trying a decision: fields for what it asks, its answer, and the rules that matched.
import { words } from "./check.js";

const NUMBERS = ["number", "integer", "long", "double"];
const field = (input, kind, value) => Object.assign(document.createElement(input), { className: kind, ...value });

// FEEL literals of an example as what the fields hold: `"eselon II"` is a text, `-` and null are nothing.
function plain(text) {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(text.trim());
  if (quoted) return quoted[1].replace(/\\(.)/g, "$1");
  return ["-", "null"].includes(text.trim()) ? "" : text.trim();
}

function value(text, type) {
  if (text === "") return null;
  if (type === "boolean") return text === "true";
  return NUMBERS.includes(type) && Number.isFinite(Number(text)) ? Number(text) : text;
}

export function tryOut(page, ask, mark) {
  const form = page.querySelector("[data-try-form]");
  const host = page.querySelector("[data-inputs]");
  const which = page.querySelector("[data-which]");
  const outcome = page.querySelector("[data-outcome]");
  let known = "";
  let inputs = [];

  function control({ name, type, allowed }, place, typed) {
    const id = `masukan-${place}`;
    const options = type === "boolean" ? ["true", "false"] : [...allowed.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((one) => one[1]);
    if (options.length === 0) {
      return field("input", "form-control mb-2", { id, value: typed, inputMode: NUMBERS.includes(type) ? "decimal" : "text" });
    }
    const select = field("select", "form-select mb-2", { id });
    const shown = { true: page.dataset.yes, false: page.dataset.no, "": page.dataset.empty };
    select.append(...["", ...options].map((one) => new Option(shown[one] ?? one, one, false, one === typed)));
    return select;
  }

  function offer(asked, decisions) {
    const fresh = JSON.stringify([asked, decisions]);
    if (fresh === known) return;
    known = fresh;
    const typed = new Map(inputs.map(({ name }, place) => [name, host.querySelector(`#masukan-${place}`).value]));
    inputs = asked;
    host.replaceChildren(...asked.flatMap((one, place) => [
      field("label", "form-label", { htmlFor: `masukan-${place}`, textContent: one.label ? `${one.label} (${one.name})` : one.name }),
      control(one, place, typed.get(one.name) ?? ""),
    ]));
    const chosen = which.value;
    which.replaceChildren(...decisions.map(({ id, name }) => new Option(name || id, id, false, id === chosen)));
  }

  function line(text, kind = "") {
    outcome.append(field("p", `mb-1 ${kind}`, { textContent: text }));
  }

  async function run() {
    const variables = Object.fromEntries(inputs.map(({ name, type }, place) => [name, value(host.querySelector(`#masukan-${place}`).value, type)]));
    const answer = await ask({ decision: which.value, variables }).catch(() => null);
    const result = answer && (await answer.json());
    outcome.replaceChildren();
    mark(answer?.ok ? result.rules : []);
    if (!answer?.ok) {
      line(result ? [result.message, ...(result.errors ?? []).map((one) => one.message)].join(" ") : page.dataset.offline, "text-danger");
      return;
    }
    line(`${page.dataset.result}: ${typeof result.value === "string" ? result.value : JSON.stringify(result.value)}`, "h3");
    for (const problem of result.problems) line(words(problem), "text-danger");
    if (result.rules.length === 0) line(page.dataset.none);
    for (const { decision, number, assumption } of result.rules) {
      line(`${page.dataset.rule} ${number} (${decision})${assumption ? `, ${page.dataset.assumed}: ${assumption}` : ""}`);
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });

  return {
    offer,
    example(given) {
      inputs.forEach(({ name, label }, place) => {
        const text = given[label] ?? given[name];
        if (text !== undefined) host.querySelector(`#masukan-${place}`).value = plain(text);
      });
      run();
      outcome.scrollIntoView({ block: "nearest" });
    },
  };
}
