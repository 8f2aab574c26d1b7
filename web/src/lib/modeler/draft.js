// The draft on the server, and the copy that this browser keeps until the server has it. All writing goes in one line,
// each step on the etag of the one before, so that a draft which somebody else saved meanwhile is never overwritten.
import { ask, Refusal, setup } from "./dom.js";

const WAITS = [2, 5, 15, 30]; // seconds between attempts without a server

export class Draft extends EventTarget {
  constructor(key) {
    super();
    this.base = `/sop/${encodeURIComponent(key)}/konsep`;
    this.place = `alur:konsep:${setup.person}:${key}`;
    this.line = Promise.resolve();
    this.state = "clean";
    this.stopped = false;
    this.failures = 0;
    this.gone = {}; // forms that were renamed or removed since the page was opened
  }

  async load() {
    const answer = await ask("GET", this.base);
    Object.assign(this, { etag: answer.etag, saved: answer.xml, forms: answer.forms ?? {}, decisions: answer.decisions ?? {}, about: answer });
    return answer;
  }

  // What this browser kept because the server did not have it, if it differs from the server's.
  kept() {
    const text = localStorage.getItem(this.place);
    if (!text) return null;
    const copy = JSON.parse(text);
    if (copy.xml !== this.saved) return copy;
    this.forget();
    return null;
  }

  keep(xml) {
    if (this.left) return;
    this.latest = xml;
    if (xml === this.saved) return this.forget();
    try {
      localStorage.setItem(this.place, JSON.stringify({ xml, etag: this.etag, at: new Date().toISOString() }));
    } catch {
      this.tell("unkept"); // the browser's storage is full or closed: the server is the only place
    }
  }

  // The page is about to show another draft: what is on this canvas is no longer this draft's.
  leave() {
    this.left = this.stopped = true;
    this.forget();
  }

  forget() {
    localStorage.removeItem(this.place);
  }

  // Saves a drawing. What failed for want of a server is tried again by itself.
  save(xml) {
    this.keep(xml);
    if (this.stopped || xml === this.saved) return this.line;
    this.line = this.line.then(() => this.attempt(xml));
    return this.line;
  }

  async attempt(xml) {
    if (this.stopped || xml !== this.latest || xml === this.saved) return;
    this.tell("saving");
    try {
      const { etag } = await ask("PUT", this.base, { xml }, { headers: { "If-Match": this.etag } });
      this.etag = etag;
      this.saved = xml;
      this.failures = 0;
      if (this.latest === xml) this.forget();
      else this.keep(this.latest);
      this.tell("saved");
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error) {
    if (error instanceof Refusal && error.status < 500) {
      this.stopped = true;
      this.tell(error.status === 412 ? "conflict" : "refused", error);
      return;
    }
    this.tell("offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(this.latest), WAITS[Math.min(this.failures, WAITS.length - 1)] * 1000);
    this.failures += 1;
  }

  // A form or decision of the draft; throws what the server refuses.
  put(kind, key, body) {
    const name = kind === "formulir" ? "forms" : "decisions";
    const done = this.line.then(async () => {
      const address = `${this.base}/${kind}/${encodeURIComponent(key)}`;
      const { etag } = await ask(body ? "PUT" : "DELETE", address, body ?? undefined, { headers: { "If-Match": this.etag } });
      this.etag = etag;
      if (body) this[name][key] = body.schema ?? body.xml;
      else {
        this.gone[key] = this[name][key];
        delete this[name][key];
      }
    });
    this.line = done.catch(() => {});
    return done;
  }

  tell(state, error = null) {
    this.state = state;
    this.dispatchEvent(Object.assign(new Event("state"), { error }));
  }
}
