// The form of a page: plain fields that work by themselves. form-js (200 kB) takes their place unless the line is slow;
// a form with rows, which plain fields cannot have, waits for it in any case.
import { slow } from "./lib/line.js";

const host = document.querySelector("[data-form]");
const page = host.closest("form");
const rows = JSON.parse(document.querySelector("#form-schema").textContent).components.some(({ type }) => type === "dynamiclist");

if (rows || !slow) {
  const { takeOver } = await import("./lib/rich_form.js");
  if (!(await takeOver(host, page))) guard();
} else guard();

// Plain fields are sent once, and not into the void.
function guard() {
  let sent = false;
  const message = page.querySelector("[data-form-message]");
  page.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && (sent || !navigator.onLine)) event.preventDefault();
    if (!navigator.onLine) {
      message.textContent = page.dataset.offline;
      message.className = "alert alert-danger";
      message.focus();
    } else if (!event.defaultPrevented) sent = true;
  });
  window.addEventListener("pageshow", () => (sent = false));
}
