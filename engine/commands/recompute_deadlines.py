"""Lets open requests follow a changed calendar: the worker's part of a decree, in portions, any number of workers.

A portion is read and reckoned without a lock; each request that moves is changed in a transaction of its own,
and then the portion is noted as done. Killed at any moment, the next look examines the portion once more: what has
moved already does not move again.

A command that had read the calendar before the decree may store its step, or a new request, after the worker has passed
by. So everything that took a step is examined a second time, when such commands must be over.
"""

import logging
from datetime import timedelta
from typing import Any

from engine.change import calendar_of, open_change, store
from engine.context import Context
from engine.model import UNENDED
from engine.rescheduling import reckon
from engine.storage import calendars, instances, recomputations
from engine.storage.unit_of_work import Connection, Row, is_outage

PORTION = 100
LONGEST_COMMAND = timedelta(minutes=5)  # from reading the calendar to the commit, with all waiting for locks
_SKEW = timedelta(hours=1)  # between the clocks of two machines
log = logging.getLogger(__name__)


def recompute_deadlines(context: Context, limit: int = 2_000) -> int:
    """Examines up to `limit` open requests, portion by portion; returns how many. 0 = nothing is left to do."""
    examined = 0
    while examined < limit:
        found = _portion(context)
        if found is None:
            break
        examined += found
    return examined


def _portion(context: Context) -> int | None:
    """The next portion of the oldest change that is not through; None when there is none."""
    with context.database.read() as connection:
        job = recomputations.next_job(connection, context.clock.now() - LONGEST_COMMAND)
        if job is None:
            return None
        since = job.at - LONGEST_COMMAND - _SKEW if job.finished_at else None
        rows = recomputations.open_requests(connection, job.agency_id, job.position, PORTION, since)
        version = calendars.current_version(connection)
        verdicts = {row.id: _moves(context, connection, row, version) for row in rows}

    for instance_id in (found for found, moves in verdicts.items() if moves):
        _move(context, job, instance_id)

    with context.database.write() as connection:
        recomputations.advance(
            connection, job, position=rows[-1].id if rows else job.position, examined=len(rows),
            failed=sum(moves is None for moves in verdicts.values()),
            through_at=context.clock.now() if len(rows) < PORTION else None,
        )  # fmt: skip
    return len(rows)


def _moves(context: Context, connection: Connection, row: Row[Any], version: int) -> bool | None:
    """Whether a request's deadlines are others by the calendar; None when it cannot be reckoned: the rest goes on."""
    calendar = calendar_of(context, connection, row.agency_id, version)
    try:
        return bool(reckon(context, connection, row, calendar, context.clock.now())[1])
    except Exception as error:
        if is_outage(error):
            raise
        log.exception("Deadlines of request %s cannot be reckoned anew", row.id)
        return None


def _move(context: Context, job: Row[Any], instance_id: str) -> None:
    with context.database.write() as connection:
        row = instances.lock_instance(connection, instance_id)
        if row is None or row.status not in UNENDED:
            return
        change = open_change(context, connection, None, row)
        change.execution.recompute()
        if change.execution.events:
            store(change)
            recomputations.count_moved(connection, job.calendar_version)
