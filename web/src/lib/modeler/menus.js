// Palette, context pad and menu of kinds, reduced to what Alur runs (docs/bpmn-support.md).
const REFUSED = /ad-hoc|complex-gateway|collapsed-pool/;
const DRAWING_ONLY = ["create.data-object", "create.data-store", "create.group"];
const AFTER_THE_OTHERS = 500;
const TASK = { type: "bpmn:UserTask" };

function Menus(palette, contextPad, popupMenu, elementFactory, create, autoPlace, elementRegistry) {
  palette.registerProvider(AFTER_THE_OTHERS, {
    getPaletteEntries: () => (entries) => {
      const kept = { ...entries };
      for (const name of DRAWING_ONLY) delete kept[name];
      if (elementRegistry.filter((one) => one.type === "bpmn:Participant").length) delete kept["create.participant-expanded"];
      const start = (event) => create.start(event, elementFactory.createShape(TASK));
      kept["create.task"] = { ...kept["create.task"], className: "bpmn-icon-user-task", action: { dragstart: start, click: start } };
      return kept;
    },
  });
  contextPad.registerProvider(AFTER_THE_OTHERS, {
    getContextPadEntries: () => (entries) => {
      const task = entries["append.append-task"];
      if (!task) return entries;
      const append = (event, element) => autoPlace.append(element, elementFactory.createShape(TASK));
      const drag = (event, element) => create.start(event, elementFactory.createShape(TASK), { source: element });
      return { ...entries, "append.append-task": { ...task, className: "bpmn-icon-user-task", action: { click: append, dragstart: drag } } };
    },
    getMultiElementContextPadEntries: () => (entries) => entries,
  });
  popupMenu.registerProvider("bpmn-replace", AFTER_THE_OTHERS, {
    getPopupMenuEntries: () => (entries) => Object.fromEntries(Object.entries(entries).filter(([name]) => !REFUSED.test(name))),
    getPopupMenuHeaderEntries: () => (entries) => {
      const { "toggle-participant-multiplicity": _, ...kept } = entries;
      return kept;
    },
  });
}
Menus.$inject = ["palette", "contextPad", "popupMenu", "elementFactory", "create", "autoPlace", "elementRegistry"];

export const menus = { __init__: ["alurMenus"], alurMenus: ["type", Menus] };
