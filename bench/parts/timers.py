"""Finding and firing 10,000 due timers among 1,000,000 armed ones, with four worker processes at once.

The timers are boundary timers of waiting requests; each firing is a command of its own with its history entries. The
time runs from the moment all workers are ready until the last finds nothing more.
"""

import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.alur import Alur
from bench.clones import analyze, clone
from bench.places import Places
from bench.report import Row, at_most
from engine.clock import TestClock
from engine.commands.fire_timers import fire_timers
from engine.context import Context, Settings
from engine.storage.tables import history
from engine.storage.unit_of_work import Database, open_engine

ARMED, DUE, WORKERS = 1_000_000, 10_000, 4
NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)


def measure(places: Places, kind: str) -> list[Row]:
    """The rate, and how many fired other than once."""
    directory = places.directory / f"alur-timers-{kind}"
    clock = TestClock(NOW - timedelta(days=31))  # the limit of an activity is 30 days
    alur = Alur(places.fresh(kind), directory, clock)
    key = alur.deploy_plain(7)
    due = alur.start_plain(key)["id"]
    clock.set(NOW)
    armed = alur.start_plain(key)["id"]
    with alur.context.database.write() as connection:
        clone(connection, due, DUE - 1)
        clone(connection, armed, ARMED - DUE - 1)
    with alur.context.database.write() as connection:
        analyze(connection)
    fired, seconds = _race(alur.url, directory)
    with alur.context.database.read() as connection:
        entries = select(func.count(), func.count(history.c.instance_id.distinct()))
        total, distinct = connection.execute(entries.where(history.c.type == "timer_fired")).one()
    return [
        Row("timers", kind, f"{DUE:,} due among {ARMED:,}, {WORKERS} workers", DUE / seconds, "fired per second"),
        at_most("timers", kind, "not fired", DUE - distinct, 0, ""),
        at_most("timers", kind, "fired twice", max(total, sum(fired)) - distinct, 0, ""),
    ]


def _race(url: str, directory: Path) -> tuple[list[int], float]:
    spawn = multiprocessing.get_context("spawn")
    gate, answers = spawn.Barrier(WORKERS + 1), spawn.Queue()
    workers = [spawn.Process(target=_work, args=(url, directory, gate, answers)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    gate.wait(60)
    before = time.perf_counter()
    fired = [answers.get(timeout=600) for _ in workers]
    seconds = time.perf_counter() - before
    for worker in workers:
        worker.join(30)
    return fired, seconds


def _work(url: str, directory: Path, gate: Barrier, answers: Any) -> None:
    context = Context(Database(open_engine(url)), TestClock(NOW), Settings(data_dir=directory))
    with context.database.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    gate.wait(60)
    total = 0
    while fired := fire_timers(context):
        total += fired
    answers.put(total)
