// The weights of a simulation's branches: a percentage for each way out of a gateway, from history where there is some.
import { ask, h, setup, t } from "./dom.js";
import { textField } from "./fields.js";
import { flows, nameOf } from "./shapes.js";

const DECIDING = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:EventBasedGateway"];
const chosen = {}; // gateway → flow → percentage as typed, kept while the page is open
let counts = null;

export async function seenFlows() {
  counts ??= await ask("GET", `/sop/${encodeURIComponent(setup.key)}/simulasi`);
}

const gateways = (sop) => sop.all().filter((one) => DECIDING.includes(one.type) && flows(one).length > 1);
const seen = (ways) => ways.reduce((sum, { id }) => sum + (counts.flows[id] ?? 0), 0);

// What a way begins with: its share of the passes seen; equal shares without any (of an inclusive gateway: a half).
function share(gateway, ways, way) {
  const total = seen(ways);
  if (gateway.type === "bpmn:InclusiveGateway" && !total) return 50;
  return Math.round((total ? (counts.flows[way.id] ?? 0) / total : 1 / ways.length) * 1000) / 10;
}

export function branchFields(sop) {
  const every = gateways(sop);
  if (!every.length) return null;
  return h("details", { open: true }, h("summary", {}, t("Bagian setiap jalan keluar gerbang (%)")), every.map((gateway) => {
    const ways = flows(gateway);
    const values = (chosen[gateway.id] ??= {});
    const total = seen(ways);
    const source = total ? t("Awalnya menurut riwayat: {n} kali dilewati.", { n: total }) : t("Belum ada riwayat; awalnya sama besar.");
    const fields = ways.map((way) => {
      const words = way.businessObject.name || t("ke {name}", { name: nameOf(way.target) });
      values[way.id] ??= String(share(gateway, ways, way));
      return textField(words, values[way.id], (value) => (values[way.id] = value), { type: "number", name: `cabang ${way.id}`, max: 5 });
    });
    return h("fieldset.modeler-field.mt-2", {}, h("legend.form-label", {}, nameOf(gateway)), h("p.form-hint", {}, source), h("div.sla-form", {}, fields));
  }));
}

// As the scenario wants them: shares of 1 by gateway and flow.
export function branches(sop) {
  return Object.fromEntries(gateways(sop).map((gateway) => [gateway.id, Object.fromEntries(flows(gateway)
    .filter(({ id }) => chosen[gateway.id]?.[id] !== undefined)
    .map(({ id }) => [id, Number(chosen[gateway.id][id]) / 100]))]));
}
