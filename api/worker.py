"""The ticker: APScheduler looks for due work every few seconds. Its home; all truth is in our tables.

Any number of processes may tick at once: each job claims its rows in the database. No job store, nothing is lost when
a tick is missed, and one job's failure does not stop the others.
"""

import logging
import os
import socket
import time
from collections.abc import Callable

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from engine.commands.anchor_history import anchor_everything, anchor_history
from engine.commands.announce_tasks import announce_tasks
from engine.commands.discard_uploads import discard_uploads
from engine.commands.dispatch_outbox import dispatch_outbox
from engine.commands.fire_timers import fire_timers
from engine.commands.forget_answers import forget_answers
from engine.commands.recompute_deadlines import recompute_deadlines
from engine.commands.record_tick import record_tick
from engine.commands.summarise import summarise, summarise_everything
from engine.context import Context
from engine.errors import StorageUnavailable

log = logging.getLogger("alur.worker")

ANCHOR_SECONDS = 300
CLEANING_SECONDS = 3_600
SUMMARY_SECONDS = 15
NOTE_SECONDS = 30.0  # a living worker's jobs are noted about so often
ROUNDS = 100  # of one job in a settling


def settle(context: Context) -> int:
    """Lets deadlines follow the calendar, fires what is due, carries out what follows, reckons reports.

    Returns how many timers fired.
    """
    fired = 0
    while recompute_deadlines(context):
        pass
    for _ in range(ROUNDS):
        now_fired = fire_timers(context)
        fired += now_fired
        if not (now_fired or dispatch_outbox(context) or announce_tasks(context)):
            break
    summarise_everything(context)
    return fired


def work_once(context: Context) -> int:
    """Everything that a running worker does, once, for installations that call one now and then; timers fired."""
    fired = settle(context)
    anchor_everything(context)
    for clean in (discard_uploads, forget_answers):
        clean(context)
    return fired


def start_worker(context: Context, seconds: float) -> BackgroundScheduler:
    """A scheduler whose threads tick every `seconds` until it is shut down."""
    scheduler = BackgroundScheduler(
        executors={"default": ThreadPoolExecutor(4)},
        job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None},
        timezone="UTC",
    )
    ticking = {"jitter": max(1, int(seconds / 4)) if seconds >= 2 else None}
    for job in (fire_timers, announce_tasks, dispatch_outbox, recompute_deadlines):
        scheduler.add_job(_guarded(job), "interval", args=[context], seconds=seconds, id=job.__name__, **ticking)
    scheduler.add_job(
        _guarded(anchor_history), "interval", args=[context], seconds=ANCHOR_SECONDS, id="anchor_history", jitter=30
    )
    for cleaning in (discard_uploads, forget_answers):
        scheduler.add_job(
            _guarded(cleaning), "interval", args=[context], seconds=CLEANING_SECONDS, id=cleaning.__name__, jitter=300
        )
    for once in (summarise_everything, anchor_everything):
        scheduler.add_job(_guarded(once, noted=False), args=[context], id=once.__name__)
    scheduler.add_job(
        _guarded(summarise), "interval", args=[context], seconds=SUMMARY_SECONDS, id="summarise", jitter=3
    )
    scheduler.start()
    return scheduler


class Pulse:
    """Notes now and then that a job of this process lives, with what it settled since; and at once what broke it."""

    def __init__(self, job: str) -> None:
        self._job, self._told, self._settled = job, -NOTE_SECONDS, 0
        self._worker = f"{socket.gethostname()[:60]}:{os.getpid()}"

    def beat(self, context: Context, settled: int, error: str | None = None) -> None:
        """One look is over."""
        self._settled += settled
        if error is None and time.monotonic() - self._told < NOTE_SECONDS:
            return
        try:
            record_tick(context, self._job, self._worker, self._settled, error)
        except StorageUnavailable as refusal:
            log.warning("tick of %s not noted: %s", self._job, refusal.detail)
            return
        self._told, self._settled = time.monotonic(), 0


def _guarded(job: Callable[[Context], int], *, noted: bool = True) -> Callable[[Context], int]:
    """The job, but a database that is away for a moment is one line in the log and the next tick tries again.

    Args:
        noted: whether its looks are noted for operators; what runs once only would soon seem to be silent.
    """
    pulse = Pulse(job.__name__)

    def run(context: Context) -> int:
        try:
            settled = job(context)
        except StorageUnavailable as error:
            log.warning("%s postponed: %s", job.__name__, error.detail)
            return 0
        except Exception as error:
            pulse.beat(context, 0, f"{type(error).__name__}: {error}")
            raise
        if noted:
            pulse.beat(context, settled)
        return settled

    return run
