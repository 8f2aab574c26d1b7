// Reads diagrams as the modeler does and writes them again: node round_trip.mjs <target folder> <file>...
// Fails on the first warning of the reader. Used by tests/web/test_round_trip.py.
import { readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { BpmnModdle } from "bpmn-moddle";
import { sopModdle } from "./src/lib/modeler/sop.js";

const [target, ...files] = process.argv.slice(2);
const moddle = new BpmnModdle({ sop: sopModdle });
for (const file of files) {
  const { rootElement, warnings } = await moddle.fromXML(await readFile(file, "utf8"));
  if (warnings.length) throw new Error(`${file}: ${warnings.map(({ message }) => message).join("; ")}`);
  const { xml } = await moddle.toXML(rootElement, { format: true });
  await writeFile(join(target, basename(file)), xml);
}
