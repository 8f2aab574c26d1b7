"""Measures the drawings of sheets: overlaps, edges through shapes, hidden labels, crossings, size on A3. Thin.

python -m scripts.layout_check [SHEET.csv …]        without arguments: every sheet of the catalogue
"""

import sys
from pathlib import Path

from engine.diagram.layout import lay_out
from engine.diagram.layout_measure import measure
from engine.documents.sheet_csv import read_csv
from engine.documents.to_diagram import to_process

ROOT = Path(__file__).resolve().parents[1]
A3_MM = (400, 277)
TEXT_PX, POINT_MM = 12, 0.3528


def main() -> int:
    """One line per sheet; the exit code is 1 when a drawing is not sound or hides a label."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "bpmn" / "sheets").glob("*.csv"))
    faults = crossings = 0
    for path in paths:
        process = to_process(read_csv(path.read_bytes()))
        layout = lay_out(process)
        found = measure(process, layout)
        scale = min(A3_MM[0] / layout.pool.width, A3_MM[1] / layout.pool.height)
        points = min(9.0, TEXT_PX * scale / POINT_MM)
        sys.stdout.write(
            f"{path.stem}: overlaps {len(found.overlaps)}, through shapes {len(found.through)}, on one another "
            f"{len(found.shared)}, outside {len(found.outside)}, hidden labels {len(found.hidden)}, crossings "
            f"{found.crossings}, {layout.pool.width} x {layout.pool.height} px, text on A3 {points:.1f} pt\n"
        )
        faults += not found.sound or bool(found.hidden)
        crossings += found.crossings
    sys.stdout.write(f"{len(paths)} drawings, {faults} with faults, {crossings} crossings\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
