// Keys of the page. Single letters can be switched off (WCAG 2.1.4): they get in the way of speech input and screen
// readers. The choice stays in this browser. Keys are left alone where somebody types.
const SWITCH = "alur-pintasan";
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=application], dialog";
const acts = new Map();

export const active = () => localStorage.getItem(SWITCH) !== "mati";

export function activate(on) {
  if (on) localStorage.removeItem(SWITCH);
  else localStorage.setItem(SWITCH, "mati");
}

// `act` may answer false: then the key does what it always does.
export function shortcut(key, act) {
  acts.set(key, act);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest(TYPING) || (event.key.length === 1 && !active())) return;
  const act = acts.get(event.key);
  if (act && act(event) !== false) event.preventDefault();
});
