// The server's verdict while somebody types: asked for a moment after the last change, the newest answer counts.
const PAUSE = 500;

export function checker(page, ask, show) {
  let timer = null;
  let turn = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++turn;
      const body = JSON.stringify(await ask());
      const answer = await post(page, page.dataset.check, body).catch(() => null);
      const verdict = answer?.ok ? await answer.json() : null;
      if (verdict && mine === turn) show(verdict);
    }, PAUSE);
  };
}

export const post = (page, url, body) =>
  fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRF-Token": page.dataset.csrf },
    body,
  });

// A finding's words in the language of the page.
export const words = (finding) => (document.documentElement.lang === "en" && finding.message_en) || finding.message;

// Findings as a list of buttons that lead to their place.
export function list(host, findings, go) {
  host.replaceChildren(
    ...findings.map((finding) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "finding";
      const name = document.createElement("strong");
      name.textContent = finding.name || finding.element;
      button.append(name, ` ${words(finding)}`);
      button.addEventListener("click", () => go(finding));
      item.append(button);
      return item;
    }),
  );
}
