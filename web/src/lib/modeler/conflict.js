// Somebody else saved the draft meanwhile: take theirs, or keep mine as a draft of its own. Nothing is lost either way.
import { ask, h, setup, t } from "./dom.js";

export function resolveConflict(studio) {
  const theirs = h("button.btn", { type: "button", onclick: () => take(studio) }, t("Muat versi mereka"));
  const mine = h("button.btn.btn-primary", { type: "button", onclick: () => studio.guarded(() => copy(studio)) }, t("Simpan versi saya sebagai salinan"));
  studio.warn(t("Orang lain telah menyimpan rancangan ini sesudah Anda membukanya. Versi Anda belum hilang; pilih kelanjutannya."), "warning", theirs, mine);
}

function take(studio) {
  if (!window.confirm(t("Perubahan Anda yang belum tersimpan dibuang dan diganti versi mereka?"))) return;
  studio.draft.leave();
  location.reload();
}

// A key like the present one that is free, the drawing under it, and the forms and decisions it needs.
async function copy(studio) {
  const { draft } = studio;
  const stem = setup.key.replace(/-salinan(-\d+)?$/, "");
  const key = `${stem}-salinan-${Date.now().toString(36)}`;
  studio.sop.modeling.updateModdleProperties(studio.sop.root(), studio.sop.process(), { id: key });
  const base = `/sop/${encodeURIComponent(key)}/konsep`;
  let { etag } = await ask("PUT", base, { xml: await studio.xml() }, { headers: { "If-None-Match": "*" } });
  const parts = [
    ...Object.entries(draft.forms).map(([name, schema]) => [`formulir/${encodeURIComponent(name)}`, { schema }]),
    ...Object.entries(draft.decisions).map(([name, xml]) => [`keputusan/${encodeURIComponent(name)}`, { xml }]),
  ];
  for (const [part, body] of parts) ({ etag } = await ask("PUT", `${base}/${part}`, body, { headers: { "If-Match": etag } }));
  draft.leave();
  location.assign(`/sop/${encodeURIComponent(key)}/rancang`);
}
