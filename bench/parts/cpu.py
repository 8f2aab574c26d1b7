"""CPU of engine and store per completion, in process: no HTTP, no login. Process time, so waiting does not count.

Along a whole request (eleven completions), at loop round 140, and on a diagram with 200 activities. The naive way
restores and saves the whole instance each time.
"""

import time
from collections.abc import Callable
from typing import Any

from bench import naive
from bench.alur import BACK, ON, Alur
from bench.places import Places
from bench.report import Row, at_least
from engine.storage.unit_of_work import Database, open_engine

LATE_ROUND = 140
WIDE = 200
REQUESTS = 60
SENT_BACK = [ON, ON, ON, BACK]
DECISIONS = [*SENT_BACK, ON, ON, ON, ON, ON, ON, ON]

Step = Callable[[str], None]


def measure(places: Places, kind: str) -> list[Row]:
    """The ratios on one kind of database; the two long ones on SQLite only, where the database costs least."""
    alur = Alur(places.fresh(kind), places.directory / f"alur-cpu-{kind}")
    naive.lift_limits()
    database = Database(open_engine(places.fresh(kind)))
    naive.metadata.create_all(database.engine)
    rows = _compare(kind, "whole request", 4, _request(_naive(database, 7)), _request(_alur(alur)))
    if kind == "sqlite":
        rows += _compare(kind, f"loop round {LATE_ROUND}", 60, _late(_naive(database, 7)), _late(_alur(alur)))
        key = alur.deploy_plain(WIDE)
        rows += _compare(kind, f"{WIDE} activities", 60, _early(_naive(database, WIDE)), _early(_plain(alur, key)))
    return rows


def _compare(kind: str, what: str, bound: float, slow: float, quick: float) -> list[Row]:
    return [
        Row("cpu", kind, f"naive: {what}", slow * 1000, "ms CPU"),
        Row("cpu", kind, f"Alur: {what}", quick * 1000, "ms CPU"),
        at_least("cpu", kind, f"naive / Alur: {what}", slow / quick, bound),
    ]


def cpu(step: Step, decisions: list[str]) -> float:
    """CPU seconds per step."""
    before = time.process_time()
    for decision in decisions:
        step(decision)
    return (time.process_time() - before) / len(decisions)


def _request(make: Callable[[], Step]) -> float:
    cpu(make(), DECISIONS)  # the first one compiles and connects
    return sum(cpu(make(), DECISIONS) for _ in range(REQUESTS)) / REQUESTS


def _late(make: Callable[[], Step]) -> float:
    step = make()
    cpu(step, SENT_BACK * (LATE_ROUND - 1))
    return cpu(step, SENT_BACK * 5)


def _early(make: Callable[[], Step]) -> float:
    step = make()
    cpu(step, SENT_BACK)
    return cpu(step, SENT_BACK * 10)


def _naive(database: Database, activities: int) -> Callable[[], Step]:
    def make() -> Step:
        with database.write() as connection:
            identity = naive.start(connection, activities)

        def step(decision: str) -> None:
            with database.write() as connection:
                naive.complete(connection, identity, {"lengkap": decision == ON})

        return step

    return make


def _alur(alur: Alur) -> Callable[[], Step]:
    return lambda: _steps(alur.start(), alur.complete)


def _plain(alur: Alur, key: str) -> Callable[[], Step]:
    def complete(view: dict[str, Any], decision: str) -> dict[str, Any]:
        return alur.complete_plain(view, lengkap=decision == ON)

    return lambda: _steps(alur.start_plain(key), complete)


def _steps(view: dict[str, Any], complete: Callable[[dict[str, Any], str], dict[str, Any]]) -> Step:
    def step(decision: str) -> None:
        nonlocal view
        view = complete(view, decision)

    return step
