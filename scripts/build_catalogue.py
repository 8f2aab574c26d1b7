"""Makes bpmn/<slug>.bpmn, forms/<key>.json and docs/catalogue.md from the reviewed sheets in bpmn/sheets. Thin.

Run without arguments it writes the files and removes those that no sheet gives; `--check` writes nothing and fails when
a file differs.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from engine.diagram.layout import lay_out
from engine.diagram.model import Identity, Process
from engine.diagram.write import write_bpmn
from engine.documents.catalogue_page import catalogue_page
from engine.documents.sheet import SheetRefused
from engine.documents.sheet_csv import read_csv
from engine.documents.to_diagram import to_process
from engine.documents.to_forms import to_forms

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Build or check; the exit code is 1 when a check finds a difference or a sheet is refused."""
    check = "--check" in sys.argv[1:]
    try:
        wanted = catalogue(ROOT)
    except SheetRefused as error:
        sys.stderr.write(f"{error.detail}\n")
        return 1
    present = {path: path.read_bytes() for path in generated(ROOT)}
    changed = sorted(path for path in {*wanted, *present} if wanted.get(path) != present.get(path))
    for path in changed:
        sys.stdout.write(f"{'differs' if check else 'written' if path in wanted else 'removed'}: {path.name}\n")
        if not check:
            _put(path, wanted)
    return int(check and bool(changed))


def catalogue(root: Path) -> dict[Path, bytes]:
    """Every file that the sheets give, by path.

    Raises:
        SheetRefused: a sheet needs mending; the message names the file.
    """
    files: dict[Path, bytes] = {}
    processes = []
    for path in sorted((root / "bpmn" / "sheets").glob("*.csv")):
        try:
            process = to_process(read_csv(path.read_bytes()))
        except SheetRefused as error:
            raise SheetRefused(f"{path.name}: {error.detail}", error.errors) from None
        processes.append(process)
        files[root / "bpmn" / f"{process.id}.bpmn"] = write_bpmn(process, lay_out(process))
        files |= {root / "forms" / f"{key}.json": form for key, form in to_forms(process).items()}
    processes.sort(key=_place_in_sources)
    return files | {root / "docs" / "catalogue.md": catalogue_page(processes).encode()}


def generated(root: Path) -> list[Path]:
    """The files there are that only sheets may give."""
    return [*(root / "bpmn").glob("*.bpmn"), *(root / "forms").glob("*.json"), *(root / "docs").glob("catalogue.md")]


def _place_in_sources(process: Process) -> tuple[str, int]:
    identity = process.identity or Identity()
    return identity.source_document, int(identity.source_lines.split("-")[0] or 0)


def _put(path: Path, wanted: Mapping[Path, bytes]) -> None:
    if path in wanted:
        path.write_bytes(wanted[path])
    else:
        path.unlink()


if __name__ == "__main__":
    sys.exit(main())
