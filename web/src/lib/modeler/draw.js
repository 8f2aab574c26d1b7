// Drawing without a mouse: what a button of the panel does to the canvas. Each act is one step of undo and says what it did.
import { isHorizontal } from "bpmn-js/lib/util/DiUtil";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";
import { t } from "./dom.js";
import { flows, laneOf, lanes, nameOf, nodes } from "./shapes.js";
import { durationWords } from "./waktu.js";

const NOTE = "bpmn:TextAnnotation";
const GAP = 50; // pixels between two elements of a way
const middle = (one) => ({ x: one.x + one.width / 2, y: one.y + one.height / 2 });
const horizontal = (sop) => (is(sop.pool(), "bpmn:Participant") ? isHorizontal(sop.pool()) : true);

// The way that what is added after `source` comes into: its only one; a gateway gets a further way.
export function followed(source, type) {
  if (["bpmn:EndEvent", NOTE].includes(type) || is(source, "bpmn:Gateway")) return null;
  return flows(source).length === 1 ? flows(source)[0] : null;
}

// Adds an element after `source` in `lane`, connected; gives it.
export function addAfter(studio, source, { type, name, lane, ...kind }) {
  const { sop, modeler } = studio;
  const way = followed(source, type);
  const made = studio.step(() => {
    const shape = modeler.get("elementFactory").createShape({ type, ...kind });
    const here = !lane || lane === laneOf(sop, source);
    if (type === NOTE || (is(source, "bpmn:BoundaryEvent") && here)) modeler.get("autoPlace").append(source, shape);
    else {
      const spot = freeSpot(sop, shape, { lane, from: source, way });
      if (way) makeWay(studio, source, way.target, shape, spot);
      sop.modeling.appendShape(source, shape, spot, sop.pool());
    }
    if (way) sop.modeling.reconnectStart(way, shape, middle(shape));
    if (name) sop.modeling.updateProperties(shape, type === NOTE ? { text: name } : { name });
    return shape;
  });
  const where = laneOf(sop, made);
  studio.say(where ? t("{what} ditambahkan sesudah {after}, di lajur {lane}. Sekarang terpilih.", { what: nameOf(made), after: nameOf(source), lane: nameOf(where) })
    : t("{what} ditambahkan sesudah {after}. Sekarang terpilih.", { what: nameOf(made), after: nameOf(source) }));
  return made;
}

// Adds an element that nothing leads to yet.
export function addInLane(studio, lane, { type, name, ...kind }) {
  const { sop, modeler } = studio;
  const made = studio.step(() => {
    const shape = modeler.get("elementFactory").createShape({ type, ...kind });
    const made = sop.modeling.createShape(shape, freeSpot(sop, shape, { lane }), sop.pool());
    if (name) sop.modeling.updateProperties(made, { name });
    return made;
  });
  studio.say(t("{what} ditambahkan di lajur {lane}, belum tersambung. Sekarang terpilih.", { what: nameOf(made), lane: nameOf(lane) }));
  return made;
}

// The middle of a place where `shape` covers nothing: behind `from`, in the middle of `lane`, further on while taken.
function freeSpot(sop, shape, { lane, from, at, ignored = [] }) {
  const [along, across, long, wide] = horizontal(sop) ? ["x", "y", "width", "height"] : ["y", "x", "height", "width"];
  const stays = from && (!lane || lane === laneOf(sop, from));
  const start = at ? middle(at)[along] : from ? from[along] + from[long] + GAP + shape[long] / 2 : lane[along] + 2 * GAP + shape[long] / 2;
  const spot = { [along]: start, [across]: stays ? middle(from)[across] : lane[across] + lane[wide] / 2 };
  const others = nodes(sop).filter((one) => one !== shape && !ignored.includes(one) && one.host !== at && !(one.host && one.host === from));
  const taken = () => others.some((one) => Math.abs(middle(one).x - spot.x) < (one.width + shape.width) / 2 + 10 && Math.abs(middle(one).y - spot.y) < (one.height + shape.height) / 2 + 10);
  if (from && followed(from, shape.type)) return spot; // room is made for it
  while (taken()) spot[along] += GAP / 2;
  return spot;
}

// Moves everything behind `source` on, so that `shape` fits between it and `target`.
function makeWay({ sop, modeler }, source, target, shape, spot) {
  const [along, long] = horizontal(sop) ? ["x", "width"] : ["y", "height"];
  const missing = spot[along] + shape[long] / 2 + GAP - target[along];
  if (target[along] < source[along] || missing <= 0) return;
  const start = source[along] + source[long] + 5;
  const tool = modeler.get("spaceTool");
  const { movingShapes, resizingShapes } = tool.calculateAdjustments(selfAndAllChildren(sop.pool(), true), along, missing, start);
  tool.makeSpace(movingShapes, resizingShapes, { x: 0, y: 0, [along]: missing }, along === "x" ? "e" : "s", start);
}

export function connect(studio, source, target) {
  studio.step(() => studio.sop.modeling.connect(source, target));
  studio.say(t("{from} tersambung ke {to}.", { from: nameOf(source), to: nameOf(target) }));
}

// Lets one end of a flow lead elsewhere.
export function reconnect(studio, flow, end, node) {
  const { modeling } = studio.sop;
  studio.step(() => (end === "target" ? modeling.reconnectEnd(flow, node, middle(node)) : modeling.reconnectStart(flow, node, middle(node))));
  studio.say(t("Alur kini dari {from} ke {to}.", { from: nameOf(flow.source), to: nameOf(flow.target) }));
}

export function moveTo(studio, element, lane) {
  const { sop } = studio;
  const ignored = [element, ...(element.attachers ?? [])];
  const spot = freeSpot(sop, element, { lane, at: element, ignored });
  const before = middle(element);
  studio.step(() => sop.modeling.moveElements([element], { x: Math.round(spot.x - before.x), y: Math.round(spot.y - before.y) }, sop.pool()));
  studio.say(t("{what} pindah ke lajur {lane}.", { what: nameOf(element), lane: nameOf(lane) }));
}

// Takes an element out of the drawing; what stood before it is chosen then.
export function remove(studio, element) {
  const { sop, modeler } = studio;
  const name = nameOf(element);
  const next = element.source ?? element.host ?? element.incoming?.[0]?.source ?? element.outgoing?.[0]?.target ?? lanes(sop).find((one) => one !== element);
  studio.step(() => sop.modeling.removeElements([element]));
  const left = next && sop.element(next.id);
  modeler.get("selection").select(left ?? null);
  studio.say(left ? t("{what} dihapus. Terpilih: {next}.", { what: name, next: nameOf(left) }) : t("{what} dihapus.", { what: name }));
}

export function addLane(studio, after, name) {
  const { sop } = studio;
  const made = studio.step(() => {
    const lane = sop.modeling.addLane(after ?? sop.pool(), "bottom");
    if (name) sop.modeling.updateProperties(lane, { name });
    return lane;
  });
  studio.say(t("Pelaksana {lane} ditambahkan. Sekarang terpilih; isi perannya.", { lane: nameOf(made) }));
  return made;
}

// A timer on the edge of an activity; `words` as they were read by the server.
export function addTimer(studio, host, words, duration) {
  const { sop, modeler } = studio;
  const made = studio.step(() => {
    const event = modeler.get("elementFactory").createShape({ type: "bpmn:BoundaryEvent", cancelActivity: false, eventDefinitionType: "bpmn:TimerEventDefinition" });
    const used = (host.attachers ?? []).length;
    const shape = sop.modeling.createShape(event, { x: host.x + host.width - 20 - 40 * (used % 2), y: host.y + (used < 2 ? host.height : 0) }, host, { attach: true });
    const definition = shape.businessObject.eventDefinitions[0];
    sop.set(shape, definition, { timeDuration: sop.formal(duration, definition) });
    sop.modeling.updateProperties(shape, { name: words || durationWords(duration) });
    return shape;
  });
  studio.say(t("Pengatur waktu dipasang pada {what}. Sekarang terpilih; tambahkan yang terjadi sesudahnya.", { what: nameOf(host) }));
  return made;
}
