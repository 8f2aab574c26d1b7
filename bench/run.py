"""`make bench`: runs every measurement, prints the table, writes docs/benchmarks.md.

`python -m bench.run --only inbox,http --database sqlite` runs some parts and writes nothing.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from bench.parts import cpu, flat, http, inbox, memory, statements, timers
from bench.places import ROOT, Places
from bench.report import HEAD, Row, document, put_section

PARTS: dict[str, ModuleType] = {
    "http": http, "cpu": cpu, "statements": statements, "flat": flat, "inbox": inbox, "timers": timers,
    "memory": memory,
}  # fmt: skip
KINDS = ("sqlite", "postgresql")
COMMAND = "python -m bench.run"


def main() -> int:
    """Runs what was asked for; 1 if a target was missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", default="", help=f"parts, separated by commas: {', '.join(PARTS)}")
    arguments.add_argument("--database", choices=KINDS, help="one kind of database only")
    chosen = arguments.parse_args()
    names = [name for name in chosen.only.split(",") if name] or list(PARTS)
    unknown = set(names) - set(PARTS)
    if unknown:
        arguments.error(f"Expected parts among {', '.join(PARTS)}, but got {', '.join(sorted(unknown))}.")
    kinds = (chosen.database,) if chosen.database else KINDS
    rows = _run(names, kinds)
    if not chosen.only and not chosen.database:
        methods = [(name, " ".join((PARTS[name].__doc__ or "").split())) for name in names]
        path = ROOT / "docs" / "benchmarks.md"
        faults = path.read_text().partition("\n## Faults\n")[2] if path.exists() else ""
        path.write_text(document(rows, methods, COMMAND))
        if faults:
            put_section(path, "Faults", faults.lstrip())  # the page's other half, from `make soak`
        print(f"\nWritten to {path.relative_to(ROOT)}.")
    missed = [row for row in rows if row.met is False]
    print(f"\n{len(missed)} of {sum(row.met is not None for row in rows)} targets missed.")
    return 1 if missed else 0


def _run(names: list[str], kinds: tuple[str, ...]) -> list[Row]:
    rows: list[Row] = []
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="alur-bench-") as directory:
        Path(directory).chmod(0o755)  # PostgreSQL runs as a user of its own when we are root
        places = Places(Path(directory))
        try:
            for name in names:
                for kind in kinds:
                    rows += _timed(name, lambda name=name, kind=kind: PARTS[name].measure(places, kind))  # type: ignore[misc]
        finally:
            places.close()
    return rows


def _timed(name: str, measure: Callable[[], list[Row]]) -> list[Row]:
    before = time.monotonic()
    rows = measure()
    for row in rows:
        print(row.line(), flush=True)
    print(f"{name}: {time.monotonic() - before:.0f} s", file=sys.stderr)
    return rows


if __name__ == "__main__":
    sys.exit(main())
