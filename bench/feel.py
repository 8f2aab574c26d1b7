"""How fast FEEL is, as times and as ratios to the same work in plain Python.

`make bench-feel`; exits 1 when a figure of the promise (10 µs, 2 ms, 50 ms) is missed. `--json` prints data. Processor
time, so that a busy machine shows nearly the same figures.
"""

import json
import subprocess
import sys
import time
import timeit
from collections.abc import Callable, Mapping
from typing import Any

from engine.feel import Environment, FeelError, evaluate, parse
from engine.feel.parser import Parser

LONG = (
    'if pemohon.golongan = "III" and count(berkas[status = "lengkap"]) >= 4 and tanggal masuk < date("2026-12-31") '
    'then "proses" else if some b in berkas satisfies b.status = "kurang" then "perbaiki" else "tolak"'
)
CONTEXT: Mapping[str, object] = {"jumlah": 7, "status": "lengkap", "pemohon": {"golongan": "III"}}
BOMB = "for a in 1..1000, b in 1..1000, c in 1..1000 return a * b * c"


def best(run: Callable[[], object], number: int) -> float:
    """Seconds of one call, the best of five series."""
    return min(timeit.repeat(run, timer=time.process_time, number=number, repeat=5)) / number


def import_seconds() -> float:
    """Seconds that `import engine.feel` takes in a new process, the best of five, interpreter start not counted."""
    code = "import time; t = time.process_time(); import engine.feel; print(time.process_time() - t)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(5)]
    return min(float(run.stdout) for run in runs)


def bomb_seconds() -> float:
    """Seconds until a comprehension bomb is stopped."""
    start = time.process_time()
    try:
        evaluate(BOMB, {})
    except FeelError:
        return time.process_time() - start
    raise AssertionError("the bomb was not stopped")


def measure() -> dict[str, dict[str, Any]]:
    """Every figure with its limit in seconds, and its ratio to a Python lambda where there is one."""
    python = best(lambda: CONTEXT["jumlah"] > 5, 100_000)  # type: ignore[operator]
    parsed = parse("jumlah > 5")
    world = Environment()
    compared = best(lambda: evaluate("jumlah > 5", CONTEXT), 20_000)
    held = best(lambda: parsed.evaluate(CONTEXT, world), 20_000)
    mixed = best(lambda: evaluate('jumlah > 5 and status = "lengkap" and pemohon.golongan = "III"', CONTEXT), 10_000)
    return {
        "cached comparison": {"seconds": compared, "limit": 10e-6, "ratio": compared / python},
        "comparison, expression held": {"seconds": held, "limit": 10e-6, "ratio": held / python},
        "three conditions": {"seconds": mixed, "limit": None, "ratio": mixed / python},
        f"parse {len(LONG)} characters": {"seconds": best(lambda: Parser(LONG).expression(), 50), "limit": 2e-3},
        "import engine.feel": {"seconds": import_seconds(), "limit": 50e-3},
        "comprehension bomb": {"seconds": min(bomb_seconds() for _ in range(3)), "limit": 50e-3},
    }


def main() -> int:
    """Prints the figures; 1 when one misses its limit."""
    figures = measure()
    if "--json" in sys.argv:
        print(json.dumps(figures, indent=2))
    for name, figure in figures.items():
        limit, ratio = figure["limit"], figure.get("ratio")
        told = f" (limit {limit * 1e6:,.0f} µs)" if limit else ""
        against = f", {ratio:.0f} × a Python lambda" if ratio else ""
        print(f"{name:30} {figure['seconds'] * 1e6:10,.1f} µs{told}{against}")
    return int(any(figure["limit"] and figure["seconds"] > figure["limit"] for figure in figures.values()))


if __name__ == "__main__":
    sys.exit(main())
