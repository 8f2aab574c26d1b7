"""Memory of one web process after 1,000 and after 100,000 completions over HTTP, by eight clients.

Resident size of the gunicorn worker, as /proc tells it. On SQLite only, where one process serves everything.
"""

from pathlib import Path

from bench.alur import Alur, AlurClients
from bench.load import Step, drive
from bench.parts.http import CLIENTS, DECISIONS, request_steps
from bench.places import Places, alur_serve, served
from bench.report import Row, at_most

EARLY, LATE = 1_000, 100_000
BATCH = 12  # requests per client between two looks


def measure(places: Places, kind: str) -> list[Row]:
    """How much the process grew."""
    if kind != "sqlite":
        return []
    alur = Alur(places.fresh(kind), places.directory / f"alur-memory-{kind}")
    log = places.directory / "memory.log"
    with served(alur_serve, log, alur.environment()) as (port, master):
        done, sizes = 0, {}
        for target in (EARLY, LATE):
            while done < target:
                done += len(drive([_work(port, alur) for _ in range(CLIENTS)]).latencies)
            sizes[target] = _resident(master)
    return [
        *(Row("memory", kind, f"after {count:,} completions", size, "MiB") for count, size in sizes.items()),
        at_most("memory", kind, "late / early", sizes[LATE] / sizes[EARLY], 1.1),
    ]


def _work(port: int, alur: Alur) -> list[Step]:
    clients = AlurClients(port, alur.tokens)
    return [step for _ in range(BATCH) for step in request_steps(clients, DECISIONS)]


def _resident(master: int) -> float:
    worker = Path(f"/proc/{master}/task/{master}/children").read_text().split()[0]
    line = next(line for line in Path(f"/proc/{worker}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
