// Small helpers of the modeler: elements from a line, texts in the visitor's language, requests with the session's token.
export const setup = JSON.parse(document.querySelector("#setup").textContent);
export const inEnglish = document.documentElement.lang === "en";
const translations = inEnglish ? (await import("./english.json")).default : {};

// A text in the visitor's language, with {names} filled in.
export function t(indonesian, values = {}) {
  return (translations[indonesian] ?? indonesian).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// An element: h("button.btn", {type: "button", onclick}, "text", child, ...). Strings become text, never markup.
export function h(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const made = document.createElement(tag);
  if (classes.length) made.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export class Refusal extends Error {
  constructor(status, problem) {
    super(problem?.message ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem ?? {};
  }
}

// A request of this page's session; throws a Refusal for an answer of 400 or more, a TypeError without a server.
export async function ask(method, address, body, { headers = {}, signal, keepalive } = {}) {
  const sent = { Accept: "application/json", "X-CSRF-Token": setup.csrf, ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  const answer = await fetch(address, { method, headers: sent, signal, keepalive, body: body && JSON.stringify(body) });
  const text = await answer.text();
  const value = answer.headers.get("Content-Type")?.startsWith("application/json") ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refusal(answer.status, value);
  return value;
}

export function debounce(wait, act) {
  let timer = null;
  const later = (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

let count = 0;
export const uid = (stem) => `${stem}-${(count += 1)}`;
