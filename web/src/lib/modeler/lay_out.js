// The automatic layout: the server gives every element a new place, the words stay. Taken back by a button above the canvas.
import { ask, h, setup, t } from "./dom.js";
import { flush } from "./fields.js";

export const laidOut = async (xml) => (await ask("POST", `/sop/${encodeURIComponent(setup.key)}/tata`, { xml })).xml;

export async function layOut(studio, fit) {
  if (!confirm(t("Tata ulang seluruh gambar? Letak semua elemen berubah; isi dan kata-katanya tidak. Langkah urungkan sebelumnya tidak dapat dipakai lagi."))) return;
  flush();
  const before = await studio.xml();
  await put(studio, await laidOut(before), fit);
  const back = async () => {
    await put(studio, before, fit);
    studio.warn(t("Gambar kembali seperti semula."), "info");
    studio.say(t("Gambar kembali seperti semula."));
  };
  studio.warn(t("Gambar ditata ulang."), "success", h("button.btn.btn-sm", { type: "button", "data-layout-back": true, onclick: () => studio.guarded(back) }, t("Kembalikan gambar semula")));
  studio.say(t("Gambar ditata ulang."));
}

async function put(studio, xml, fit) {
  const [chosen] = studio.modeler.get("selection").get();
  await studio.modeler.importXML(xml);
  fit();
  const again = chosen && studio.sop.element(chosen.id);
  if (again) studio.modeler.get("selection").select(again);
}
