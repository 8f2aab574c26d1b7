// Every page: htmx for lists that answer while typing, questions before destructive acts, keys and their help.
import htmx from "htmx.org";
import { activate, active, shortcut } from "./lib/shortcuts.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold people's data: none of it stays in the browser's storage
htmx.config.refreshOnHistoryMiss = true;

document.addEventListener("submit", (event) => {
  const question = (event.submitter ?? event.target).dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

const help = document.querySelector("#pintasan");
const single = help.querySelector("[data-single-keys]");

function explain() {
  single.checked = active();
  help.showModal();
}

single.addEventListener("change", () => activate(single.checked));
document.querySelectorAll("[data-help]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", explain);
});
shortcut("?", explain);
shortcut("/", () => {
  const search = document.querySelector("input[type=search]");
  if (!search) return false;
  search.focus();
});

// The bell: its number comes after the page and never holds it up; without an answer there is simply no number.
const bell = document.querySelector("[data-bell]");

async function ring() {
  const answer = await fetch(bell.dataset.bell, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const { unread } = await answer.json();
  bell.querySelector(".bell-count")?.remove();
  if (!unread) return;
  const number = document.createElement("span");
  number.className = "bell-count";
  number.textContent = unread > 99 ? "99+" : unread;
  const words = document.createElement("span");
  words.className = "visually-hidden";
  words.textContent = ` ${bell.dataset.words}`;
  number.append(words);
  bell.append(number);
}

if (bell) {
  ring();
  setInterval(() => document.hidden || ring(), 60_000);
}
document.addEventListener("click", ({ target }) => {
  const id = target.closest("[data-notice]")?.dataset.notice;
  if (!id) return;
  const body = new FormData();
  body.append("id", id);
  body.append("_csrf", document.querySelector("[name=_csrf]").value);
  fetch("/pemberitahuan/dibaca", { method: "POST", body, keepalive: true, headers: { Accept: "application/json" } });
});
