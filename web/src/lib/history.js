// The frames of a history, with their panels and table rows; a long one is fetched in pieces when it is needed.
export class History {
  frames;
  #next;
  #address;
  #panels;
  #rows;
  #loading = null;

  constructor(address, total) {
    const first = JSON.parse(document.querySelector("#frames").textContent);
    this.#address = address;
    this.total = Math.max(total, first.frames.length);
    this.#panels = document.querySelector("[data-panels]");
    this.#rows = document.querySelector("[data-rows]");
    this.#take(first);
  }

  get complete() {
    return this.#next === null;
  }

  // The place of the frame with this sequence number; numbers may have gaps where a history was damaged.
  placeOf(seq) {
    const place = this.frames.findIndex((frame) => frame.seq >= seq);
    return place < 0 ? this.frames.length - 1 : place;
  }

  panel(place) {
    return this.#panels.children[place];
  }

  row(place) {
    return this.#rows.children[place];
  }

  // Fetches pieces until the frame at `place` is there, or the history has ended.
  async upTo(place) {
    while (place >= this.frames.length && !this.complete) {
      this.#loading ??= this.#fetch().finally(() => (this.#loading = null));
      await this.#loading;
    }
    if (this.complete) this.total = this.frames.length;
  }

  async #fetch() {
    const answer = await fetch(`${this.#address}?kursor=${encodeURIComponent(this.#next)}`, { headers: { "X-Piece": "yes" } });
    if (!answer.ok) throw new Error(`piece: ${answer.status}`);
    const piece = new DOMParser().parseFromString(await answer.text(), "text/html");
    this.#panels.append(...piece.querySelector("[data-panels]").children);
    this.#rows.append(...piece.querySelector("[data-rows]").children);
    this.#take(JSON.parse(piece.querySelector("[data-frames]").textContent));
  }

  #take({ frames, next }) {
    this.frames = [...(this.frames ?? []), ...frames];
    this.#next = next;
    document.dispatchEvent(new CustomEvent("history:grown", { detail: this.frames.length - frames.length }));
  }
}
