"""Fires what is due: deadlines, reminders, boundary and catching timers, timer starts. Any number of workers at once.

Each batch is one transaction over instances that no other worker holds; timers fire in the order of their due moments,
in one instance and across those of the batch, each once, with the lateness recorded by the engine.
"""

import logging
from datetime import datetime, timedelta
from heapq import heappop, heappush
from typing import Any

from engine.change import calendar_of, deployed_by_id, open_change, store
from engine.context import Context
from engine.launch import launch
from engine.spiff.timing import CalendarTiming
from engine.storage import calendars
from engine.storage.agencies import agency_for_start
from engine.storage.due import claim_due_instances, postpone
from engine.storage.instances import lock_instance
from engine.storage.subscriptions import claim_due_starts, set_next_start
from engine.storage.unit_of_work import Connection, is_outage
from engine.timer_starts import next_start

BATCH = 20
POSTPONED = timedelta(minutes=15)  # until an instance that breaks the worker is tried again
log = logging.getLogger(__name__)


class FiringFailed(Exception):
    """Firing broke unexpectedly in one instance; the others must not wait for it."""

    def __init__(self, instance_id: str) -> None:
        super().__init__(f"Firing a timer of instance {instance_id} failed.")
        self.instance_id = instance_id


def fire_timers(context: Context, limit: int = 1_000) -> int:
    """Fires up to `limit` due timers and returns how many fired. Never blocked by one broken instance."""
    fired = _fire_starts(context)
    while fired < limit:
        try:
            claimed, now_fired = _fire_batch(context, min(BATCH, limit - fired))
        except FiringFailed as failure:
            log.exception("Timer of instance %s postponed by %s", failure.instance_id, POSTPONED)
            with context.database.write() as connection:
                postpone(connection, failure.instance_id, context.clock.now() + POSTPONED)
            continue
        fired += now_fired
        if not claimed:
            break
    return fired


def _fire_batch(context: Context, size: int) -> tuple[int, int]:
    """Fires the `size` earliest timers of the instances claimed; returns how many were claimed and how many fired."""
    fired = 0
    with context.database.write() as connection:
        rows = claim_due_instances(connection, context.clock.now(), size)
        claimed = {row.id: row for row in rows}
        queue = [(row.next_due_at, row.id) for row in rows]  # in order, so a heap
        last = queue[-1][0] if queue else None  # what is due later may be preceded by an instance not claimed
        for _ in range(size):
            if not queue:
                break
            _, instance_id = heappop(queue)
            row = claimed.pop(instance_id, None) or lock_instance(connection, instance_id)
            now_fired, due = _fire_first(context, connection, row)
            fired += now_fired
            if due is not None and last is not None and due <= last:
                heappush(queue, (due, instance_id))
    return len(rows), fired


def _fire_first(context: Context, connection: Connection, row: Any) -> tuple[bool, datetime | None]:
    """Fires the earliest timer of an instance; returns whether it did, and when the next one is due."""
    try:
        change = open_change(context, connection, None, row)
        first = min(change.state.timers.values(), key=lambda timer: (timer.due_at, timer.id))
        fired = change.execution.fire_timer(first.id)
        store(change)
    except Exception as error:
        if is_outage(error):  # not this instance's fault: it stays due
            raise
        raise FiringFailed(row.id) from error
    return fired, change.state.wakes_at()


def _fire_starts(context: Context) -> int:
    """Starts definitions whose timer start event is due, each occurrence once."""
    with context.database.write() as connection:
        now = context.clock.now()
        rows = claim_due_starts(connection, now, BATCH)
        for row in rows:
            deployed = deployed_by_id(context, connection, row.definition_id)
            launch(context, connection, None, deployed, {}, start_event=row.element_id)
            agency = agency_for_start(connection, deployed.agency_id, None)
            calendar = calendar_of(context, connection, agency.id, calendars.current_version(connection))
            timing = CalendarTiming(calendar)
            due = next_start(deployed.program, row.element_id, timing, row.armed_at, row.fired + 1)
            set_next_start(connection, row, due)
    return len(rows)
