// The inbox: rows by keyboard (j/k or arrows, Enter opens, x chooses, a claims), how many are chosen, and what is said
// when the list cannot be fetched. Without this script everything works by mouse and Tab.
import { shortcut } from "./lib/shortcuts.js";

const list = document.querySelector("#daftar");
const offline = document.querySelector("[data-offline]");
const rows = () => [...list.querySelectorAll("[data-row]")];
const boxes = () => [...list.querySelectorAll("[name=tugas]")];
const here = () => document.activeElement.closest("[data-row]");

function move(by) {
  const every = rows();
  const place = every.indexOf(here());
  const row = every[place < 0 ? (by > 0 ? 0 : every.length - 1) : Math.max(0, Math.min(every.length - 1, place + by))];
  row?.querySelector("a").focus();
}

function count() {
  const chosen = boxes().filter((box) => box.checked).length;
  const words = list.querySelector("[data-chosen]");
  if (words) words.textContent = chosen ? `${chosen} ${words.dataset.some}` : words.dataset.none;
  const all = list.querySelector("[data-choose-all]");
  if (!all) return;
  all.checked = chosen > 0 && chosen === boxes().length;
  all.indeterminate = chosen > 0 && !all.checked;
}

function ready() {
  list.querySelectorAll("[data-needs-script]").forEach((one) => (one.hidden = false));
  count();
}

shortcut("j", () => move(1));
shortcut("k", () => move(-1));
shortcut("ArrowDown", () => (here() ? move(1) : false));
shortcut("ArrowUp", () => (here() ? move(-1) : false));
shortcut("x", () => here()?.querySelector("[name=tugas]")?.click());
shortcut("a", () => here()?.querySelector("[data-claim]")?.click());

list.addEventListener("change", ({ target }) => {
  if (target.matches("[data-choose-all]")) boxes().forEach((box) => (box.checked = target.checked));
  count();
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (!new URL(detail.xhr.responseURL || location.href, location.href).pathname.startsWith("/masuk")) return;
  detail.shouldSwap = false; // the session has ended: the whole page goes to the login and comes back
  location.reload();
});
document.addEventListener("htmx:afterSwap", () => {
  offline.hidden = true;
  ready();
});
for (const name of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(name, () => (offline.hidden = false));
window.addEventListener("pageshow", count); // a browser that goes back keeps what was chosen
ready();
