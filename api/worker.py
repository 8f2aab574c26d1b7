"""The ticker: APScheduler looks for due work every few seconds. Its home; all truth is in our tables.

Any number of processes may tick at once: each job claims its rows in the database. No job store, nothing is lost when
a tick is missed, and one job's failure does not stop the others.
"""

import logging
from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.commands.anchor_history import anchor_history
from engine.commands.announce_tasks import announce_tasks
from engine.commands.dispatch_outbox import dispatch_outbox
from engine.commands.fire_timers import fire_timers
from engine.commands.summarise import summarise, summarise_everything
from engine.context import Context
from engine.errors import StorageUnavailable

log = logging.getLogger("alur.worker")

ANCHOR_SECONDS = 300
SUMMARY_SECONDS = 15
ROUNDS = 100  # of one job in a settling


def settle(context: Context) -> int:
    """Fires every timer that is due, carries out what follows, reckons reports; returns how many timers fired."""
    fired = 0
    for _ in range(ROUNDS):
        now_fired = fire_timers(context)
        fired += now_fired
        if not (now_fired or dispatch_outbox(context) or announce_tasks(context)):
            break
    summarise_everything(context)
    return fired


def start_worker(context: Context, seconds: float) -> BackgroundScheduler:
    """A scheduler whose threads tick every `seconds` until it is shut down."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        timezone="UTC",
    )
    ticking = {"jitter": max(1, int(seconds / 4)) if seconds >= 2 else None}
    for job in (fire_timers, announce_tasks, dispatch_outbox):
        scheduler.add_job(_guarded(job), "interval", args=[context], seconds=seconds, id=job.__name__, **ticking)
    scheduler.add_job(
        _guarded(anchor_history), "interval", args=[context], seconds=ANCHOR_SECONDS, id="anchor_history", jitter=30
    )
    scheduler.add_job(_guarded(summarise_everything), args=[context], id="summarise_everything")
    scheduler.add_job(
        _guarded(summarise), "interval", args=[context], seconds=SUMMARY_SECONDS, id="summarise", jitter=3
    )
    scheduler.start()
    return scheduler


def _guarded(job: Callable[[Context], int]) -> Callable[[Context], int]:
    """The job, but a database that is away for a moment is one line in the log and the next tick tries again."""

    def run(context: Context) -> int:
        try:
            return job(context)
        except StorageUnavailable as error:
            log.warning("%s postponed: %s", job.__name__, error.detail)
            return 0

    return run
