"""The first page of a role's task list with 1,000 and with 1,000,000 open tasks of that role, in process.

Medians over 200 readings of the same query, on the same database before and after it grew.
"""

import time
from statistics import median

from bench.alur import STAFF, Alur
from bench.clones import analyze, clone
from bench.places import Places
from bench.report import Row, at_most
from engine.queries.inbox import InboxFilter, inbox

FEW, MANY, READINGS = 1_000, 1_000_000, 200


def measure(places: Places, kind: str) -> list[Row]:
    """How much slower the page gets."""
    alur = Alur(places.fresh(kind), places.directory / f"alur-inbox-{kind}")
    template = alur.start_plain(alur.deploy_plain(7))["id"]
    times = {}
    for count, more in ((FEW, FEW - 1), (MANY, MANY - FEW)):
        with alur.context.database.write() as connection:
            clone(connection, template, more)
        with alur.context.database.write() as connection:
            analyze(connection)
        times[count] = _page(alur)
    return [
        *(Row("inbox", kind, f"first page of {count:,}", value * 1000, "ms") for count, value in times.items()),
        at_most("inbox", kind, "a million / a thousand", times[MANY] / times[FEW], 2),
    ]


def _page(alur: Alur) -> float:
    readings = []
    for _ in range(READINGS):
        before = time.perf_counter()
        page = inbox(alur.context, alur.actors[STAFF], InboxFilter(role=STAFF))
        readings.append(time.perf_counter() - before)
        if len(page["items"]) != 50:
            raise RuntimeError(f"Expected a full page, but got {len(page['items'])} tasks.")
    return median(readings)
