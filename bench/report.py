"""The rows that measurements produce, and the table they are printed and written as."""

import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Row:
    """One measured number. `target` is the bound as words; `met` is None where nothing was promised."""

    part: str
    database: str
    what: str
    value: float
    unit: str = ""
    target: str = ""
    met: bool | None = None

    def line(self) -> str:
        """The row of a Markdown table."""
        verdict = "" if self.met is None else ("yes" if self.met else "**no**")
        number = f"{self.value:,.0f}" if abs(self.value) >= 1000 else f"{self.value:.3g}"
        return f"| {self.part} | {self.database} | {self.what} | {number} {self.unit} | {self.target} | {verdict} |"


HEAD = "| part | database | measured | value | target | met |\n|---|---|---|---|---|---|"


def at_least(part: str, database: str, what: str, value: float, bound: float, unit: str = "×") -> Row:
    """A number that must not be below `bound`."""
    return Row(part, database, what, value, unit, f"≥ {bound:g} {unit}", value >= bound)


def at_most(part: str, database: str, what: str, value: float, bound: float, unit: str = "×") -> Row:
    """A number that must not be above `bound`."""
    return Row(part, database, what, value, unit, f"≤ {bound:g} {unit}", value <= bound)


def machine() -> str:
    """Cores, memory, processor and Python of this machine, in one line."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.processor() or platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {cpu}, Python {platform.python_version()}, {platform.system()}"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []


def document(rows: Iterable[Row], methods: Iterable[tuple[str, str]], command: str) -> str:
    """The whole of docs/benchmarks.md."""
    table = "\n".join(row.line() for row in rows)
    explained = "\n".join(f"- **{name}**: {text}" for name, text in methods)
    when = f"{datetime.now(UTC):%d %B %Y, %H:%M} UTC"
    return (
        f"# Benchmarks\n\nWritten by `{command}`; every part also runs alone: `{command} --only inbox`.\n"
        f"{when}. {machine()}.\n\n{HEAD}\n{table}\n\n## How it was measured\n\n{explained}\n"
    )


def put_section(path: Path, heading: str, body: str) -> None:
    """Replaces or adds the last section `heading` of a page; what stands before it stays."""
    text = path.read_text() if path.exists() else "# Benchmarks\n"
    before = text.partition(f"\n## {heading}\n")[0].rstrip()
    path.write_text(f"{before}\n\n## {heading}\n\n{body}")
