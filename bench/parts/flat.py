"""Whether a step costs the same for ever: late rounds of a loop against early ones, wide diagrams against narrow ones.

Wall time of a completion in process, and the size of what is stored for a waiting request.
"""

import time
from statistics import median
from typing import Any

from sqlalchemy import func, select

from bench.alur import ROUND, Alur
from bench.places import Places
from bench.report import Row, at_most
from engine.storage.tables import instances

LAST, EDGE = 5_000, 100
NARROW, WIDE, STEPS = 7, 200, 400


def measure(places: Places, kind: str) -> list[Row]:
    """Flatness in rounds, in activities and in bytes."""
    alur = Alur(places.fresh(kind), places.directory / f"alur-flat-{kind}")
    view = alur.start()
    waiting = _state_bytes(alur, view["id"])
    times, late_bytes = _loop(alur, view)
    early, late = median(times[: EDGE * len(ROUND)]), median(times[-EDGE * len(ROUND) :])
    keys = {width: alur.deploy_plain(width) for width in (NARROW, WIDE)}
    by_width: dict[int, list[float]] = {NARROW: [], WIDE: []}
    for _ in range(5):  # in turns, so that a busy moment hits both
        for width, key in keys.items():
            by_width[width] += _plain(alur, key)
    return [
        Row("flat", kind, f"rounds 1-{EDGE}", early * 1000, "ms"),
        Row("flat", kind, f"rounds {LAST - EDGE:,}-{LAST:,}", late * 1000, "ms"),
        at_most("flat", kind, "late / early rounds", late / early, 1.1),
        at_most("flat", kind, f"{WIDE} / {NARROW} activities", median(by_width[WIDE]) / median(by_width[NARROW]), 1.2),
        at_most("flat", kind, "stored state of a waiting request", waiting, 1_500, "bytes"),
        at_most("flat", kind, f"the same after {LAST:,} rounds", late_bytes, 1_500, "bytes"),
    ]


def _loop(alur: Alur, view: dict[str, Any]) -> tuple[list[float], int]:
    times, before = [], time.perf_counter()
    for _ in alur.rounds(view, LAST):
        now = time.perf_counter()
        times.append(now - before)
        before = now
    return times, _state_bytes(alur, view["id"])


def _plain(alur: Alur, key: str) -> list[float]:
    view, times = alur.start_plain(key), []
    for step in range(STEPS // 5):
        on = step % len(ROUND) != len(ROUND) - 1
        before = time.perf_counter()
        view = alur.complete_plain(view, lengkap=on)
        times.append(time.perf_counter() - before)
    return times


def _state_bytes(alur: Alur, instance_id: str) -> int:
    with alur.context.database.read() as connection:
        query = select(func.length(instances.c.state)).where(instances.c.id == instance_id)
        return int(connection.execute(query).scalar_one())
