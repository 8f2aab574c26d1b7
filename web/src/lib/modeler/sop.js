// Reading and writing what the sop: vocabulary adds to a diagram. Every change is one step of undo.
import vocabulary from "../../../../bpmn/sop.moddle.json" with { type: "json" };

// Without the defaults: what a file states stays stated, though it be the default.
export const sopModdle = {
  ...vocabulary,
  types: vocabulary.types.map((type) => ({
    ...type,
    properties: type.properties?.map(({ default: _, ...property }) => property),
  })),
};

export const PERSONAL = ["bpmn:UserTask", "bpmn:ManualTask", "bpmn:Task"];
export const found = (owner, type) => (owner.extensionElements?.values ?? []).find((one) => one.$type === type);
export const texts = (holder, name) => (holder?.get(name) ?? []).map((one) => one.isi ?? "");

export class Sop {
  constructor(modeler) {
    this.modeler = modeler;
    this.modeling = modeler.get("modeling");
    this.moddle = modeler.get("moddle");
    this.registry = modeler.get("elementRegistry");
  }

  // The process of the pool; a diagram without pool is the process itself.
  process() {
    const { rootElements } = this.modeler.getDefinitions();
    const processes = rootElements.filter((one) => one.$type === "bpmn:Process");
    return processes.find((one) => one.isExecutable) ?? processes[0];
  }

  root() {
    return this.modeler.get("canvas").getRootElement();
  }

  element(id) {
    return this.registry.get(id);
  }

  // The shape that stands for the process: its pool, else the canvas.
  pool() {
    const process = this.process();
    return this.registry.find((one) => one.businessObject?.processRef === process) ?? this.root();
  }

  set(element, owner, properties) {
    this.modeling.updateModdleProperties(element, owner, properties);
  }

  create(type, properties, parent) {
    const made = this.moddle.create(type, properties);
    made.$parent = parent;
    return made;
  }

  // Changes an extension of `owner`, making it where there is none.
  extend(element, owner, type, properties) {
    const present = found(owner, type);
    if (present) return this.set(element, present, properties);
    const box = owner.extensionElements ?? this.create("bpmn:ExtensionElements", { values: [] }, owner);
    const values = [...box.get("values"), this.create(type, properties, box)];
    if (owner.extensionElements) this.set(element, box, { values });
    else {
      box.values = values;
      this.set(element, owner, { extensionElements: box });
    }
  }

  drop(element, owner, type) {
    const box = owner.extensionElements;
    if (!found(owner, type)) return;
    const values = box.get("values").filter((one) => one.$type !== type);
    if (values.length) this.set(element, box, { values });
    else this.set(element, owner, { extensionElements: undefined });
  }

  // An extension that is one text; an empty one is removed.
  say(element, owner, type, isi) {
    if (isi) this.extend(element, owner, type, { isi });
    else this.drop(element, owner, type);
  }

  // The texts of a list such as sop:kelengkapan inside `type`.
  list(element, owner, type, name, lines) {
    const itemType = `sop:${name[0].toUpperCase()}${name.slice(1)}`;
    const holder = found(owner, type);
    const items = lines.map((isi) => this.create(itemType, { isi }, holder));
    this.extend(element, owner, type, { [name]: items });
    const made = found(owner, type);
    for (const one of items) one.$parent = made;
  }

  formal(body, parent) {
    return this.create("bpmn:FormalExpression", { body }, parent);
  }

  // Every flow node and flow of the drawing, labels left out.
  all() {
    return this.registry.filter((one) => one.businessObject && one.type !== "label");
  }
}
