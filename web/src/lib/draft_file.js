// Keeps one file of a draft (a form, a decision) on the server while it is edited. Nothing typed is lost: what could not
// be saved stays on the page, is tried again, and the tab asks before it closes.
const PAUSE = 800;
const AGAIN = 5000;

export function keep(page, { field, content, same = (one, other) => JSON.stringify(one) === JSON.stringify(other) }) {
  const { dataset } = page;
  const status = page.querySelector("[data-saved]");
  const conflict = page.querySelector("[data-conflict]");
  let etag = dataset.etag;
  let stored = dataset.known === "no" ? null : content.initial;
  let dirty = false;
  let running = null;
  let timer = null;

  const headers = () => ({
    "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": dataset.csrf, "If-Match": etag,
  });
  const say = (words, bad = false) => {
    status.textContent = words;
    status.classList.toggle("text-danger", bad);
  };
  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  async function save() {
    clearTimeout(timer);
    if (running) return running;
    if (!dirty) return true;
    running = send().finally(() => (running = null));
    return running;
  }

  async function send() {
    const value = await content.read();
    dirty = false;
    say(dataset.saving);
    const answer = await fetch(dataset.save, { method: "PUT", headers: headers(), body: JSON.stringify({ [field]: value }) })
      .catch(() => null);
    const result = answer && (await answer.json().catch(() => null));
    if (answer?.ok) {
      etag = result.etag;
      stored = value;
      conflict.hidden = true;
      say(`${dataset.savedWords} ${new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" })}`);
      if (dirty) later(PAUSE);
      return true;
    }
    dirty = true;
    if (answer?.status === 412) return collided();
    say(result?.message ?? dataset.offline, true);
    if (!answer || answer.status >= 500) later(AGAIN);
    return false;
  }

  // Another part of the draft changed: go on. This very file changed: people decide.
  async function collided() {
    const answer = await fetch(dataset.draft, { headers: { Accept: "application/json" } }).catch(() => null);
    const theirs = answer?.ok ? await answer.json() : null;
    if (theirs) {
      const there = theirs[dataset.part]?.[dataset.name] ?? null;
      etag = theirs.etag;
      if (there === stored || (there && stored && same(there, stored))) return send();
    }
    conflict.hidden = false;
    conflict.focus();
    say(dataset.unsaved, true);
    return false;
  }

  conflict.querySelector("[data-mine]").addEventListener("click", () => {
    conflict.hidden = true;
    save();
  });
  conflict.querySelector("[data-theirs]").addEventListener("click", () => {
    dirty = false;
    window.location.reload();
  });
  window.addEventListener("online", () => dirty && later(0));
  window.addEventListener("beforeunload", (event) => {
    if (dirty || running) event.preventDefault();
  });
  document.addEventListener("visibilitychange", () => document.hidden && dirty && save());
  // A link on the page leaves only when everything is kept.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    if (!link || (!dirty && !running) || event.ctrlKey || event.metaKey || link.target) return;
    event.preventDefault();
    while (running) await running;
    if (await save()) window.location.assign(link.href);
  });

  return {
    changed() {
      dirty = true;
      say(dataset.unsaved);
      if (conflict.hidden) later(PAUSE);
    },
    save,
  };
}
