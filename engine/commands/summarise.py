"""Reckons what reports count, a moment after it happened: working time and lateness of tasks, conformance of requests.

Reads without a lock, then stores in one short transaction. Any number of workers at once: a fact is stored once.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import APPLICANT
from engine.change import calendar_of, deployed_by_id, newest_deployed
from engine.context import Context
from engine.diagram.model import Process
from engine.errors import NotFound
from engine.history.conformance import Deviation, deviations
from engine.history.export import event_of
from engine.own_time import own_time
from engine.storage import facts, history
from engine.storage.calendars import current_version
from engine.storage.unit_of_work import Connection, Row

TASKS, REQUESTS = 1_000, 100  # in one go
_DAY = timedelta(days=1)
_OVERLAP = timedelta(minutes=5)  # a command stamps its moment before it commits


def summarise(context: Context, *, everything: bool = False) -> int:
    """Reckons up to 1,000 tasks and 100 requests; returns how many. 0 means that there is nothing left.

    Args:
        everything: looks back to the beginning, not only behind what was reckoned last: after an import, and once
            when a worker starts.
    """
    with context.database.read() as connection:
        done, ended = (None, None) if everything else facts.newest_facts(connection)
        found = facts.tasks_to_reckon(connection, done and done - _OVERLAP, TASKS)
        requests = facts.requests_to_reckon(connection, ended and ended - _OVERLAP, REQUESTS)
        version = current_version(connection)
        task_rows = [_task(context, connection, row, version) for row in found]
        request_rows = [_request(context, connection, row, version) for row in requests]
    if task_rows or request_rows:
        with context.database.write() as connection:
            facts.insert_task_facts(connection, task_rows)
            facts.insert_request_facts(connection, request_rows)
    return len(task_rows) + len(request_rows)


def summarise_everything(context: Context) -> int:
    """Reckons whatever has not been reckoned yet, and returns how much that was.

    What is completed meanwhile is left to `summarise`: under load there is always some.
    """
    total = 0
    while (reckoned := summarise(context, everything=True)) >= REQUESTS:  # else neither portion was full
        total += reckoned
    return total + reckoned


def _task(context: Context, connection: Connection, row: Row[Any], version: int) -> dict[str, Any]:
    """Working time is the measure; elapsed time where a service of 24 hours has a day or less."""
    calendar = calendar_of(context, connection, row.agency_id, version)
    node = deployed_by_id(context, connection, row.definition_id).diagram.main.nodes.get(row.element_id)
    by_the_clock = node is not None and node.quality is not None and node.quality.kalender == "kalender"
    round_the_clock = by_the_clock and (row.due_at is None or row.due_at - row.opened_at <= _DAY)
    minutes = _elapsed_minutes if round_the_clock else calendar.working_minutes_between
    late = None
    if row.due_at is not None:  # whoever is late at all is late by a minute at least
        late = max(1, minutes(row.due_at, row.completed_at)) if row.completed_at > row.due_at else 0
    return {
        "task_id": row.id, "instance_id": row.instance_id, "definition_id": row.definition_id,
        "agency_id": row.agency_id, "element_id": row.element_id, "role": row.role, "opened_at": row.opened_at,
        "completed_at": row.completed_at, "completed_on": _day(row.completed_at, row.zone),
        "minutes": minutes(row.opened_at, row.completed_at), "late_minutes": late,
    }  # fmt: skip


def _elapsed_minutes(start: datetime, end: datetime) -> int:
    return int((end - start) / timedelta(minutes=1))


def _day(at: datetime, zone: str) -> Any:
    return at.astimezone(ZoneInfo(zone)).date()


def _request(context: Context, connection: Connection, row: Row[Any], version: int) -> dict[str, Any]:
    calendar = calendar_of(context, connection, row.agency_id, version)
    worked = facts.tasks_of(connection, row.id)
    spans: dict[bool, list[tuple[datetime, datetime]]] = {True: [], False: []}
    for one in worked:
        spans[one.role == APPLICANT].append((one.opened_at, one.completed_at or row.ended_at))
    time = own_time(calendar, (row.started_at, row.ended_at), spans[False], spans[True])
    office = [one for one in worked if one.role != APPLICANT and one.status == "completed"]
    found = _deviations(context, connection, row)
    return {
        "instance_id": row.id, "definition_id": row.definition_id, "agency_id": row.agency_id, "status": row.status,
        "started_at": row.started_at, "ended_at": row.ended_at, "ended_on": _day(row.ended_at, row.zone),
        "own_minutes": time.own, "applicant_minutes": time.waiting, "tasks": len(office),
        "late_tasks": sum(one.due_at is not None and one.completed_at > one.due_at for one in office),
        "conformant": not found, "deviations": found,
    }  # fmt: skip


def _deviations(context: Context, connection: Connection, row: Row[Any]) -> list[dict[str, Any]]:
    """What of a request's history left its drawing; a history that cannot be read at all is a deviation itself."""

    def process_of(version: int) -> Process:
        return newest_deployed(context, connection, row.key, version).diagram.main

    try:
        entries = history.entries(connection, row.id)
        version = event_of(entries[0]).data["version"]
        return [one.to_dict() for one in deviations(entries, version, process_of)]
    except (LookupError, TypeError, ValueError, NotFound):
        return [Deviation(0, "unreadable").to_dict()]
