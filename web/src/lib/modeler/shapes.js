// What is on the canvas, in the order in which one reads it: lanes, the elements of each, and how they are called.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { kindOf } from "./kinds.js";

export const nameOf = (element) => element.businessObject.name || element.businessObject.text || `${kindOf(element)} ${element.id}`;
export const flows = (element) => (element.outgoing ?? []).filter((one) => is(one, "bpmn:SequenceFlow"));

// The lanes that hold elements: those without lanes inside.
export const lanes = (sop) => sop.registry.filter((one) => is(one, "bpmn:Lane") && !(one.children ?? []).some((inner) => is(inner, "bpmn:Lane"))).sort((a, b) => a.y - b.y || a.x - b.x);

export function laneOf(sop, element) {
  const node = (element.host ?? element).businessObject;
  return lanes(sop).find((lane) => (lane.businessObject.flowNodeRef ?? []).includes(node));
}

// Every note, from left to right.
export const notes = (sop) => sop.all().filter((one) => is(one, "bpmn:TextAnnotation")).sort((a, b) => a.x - b.x || a.y - b.y);

// Every activity, event and gateway, from left to right.
export const nodes = (sop) => sop.all().filter((one) => is(one, "bpmn:FlowNode")).sort((a, b) => a.x - b.x || a.y - b.y);
