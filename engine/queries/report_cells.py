"""The figures under every report, counted in SQL: small cells that `report.py` adds up.

A cell is an activity of a version, its agency and role (or a version and its agency, for requests). The applicant's own
tasks are left out: they are no work of the office.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, extract, func, select, text

from engine.assignment import APPLICANT
from engine.model import UNENDED
from engine.queries.report_filter import ReportFilter, about, within
from engine.storage.tables import instances, request_facts, task_facts, tasks

Rows = list[Row[Any]]
_open = text("tasks.status = 'open'")  # as written in the indexes of open tasks


def _how_many(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_done = (
    func.count().label("done"), func.count(task_facts.c.late_minutes).label("limited"),
    _how_many(task_facts.c.late_minutes > 0).label("late"), func.sum(task_facts.c.minutes).label("minutes"),
    func.max(task_facts.c.minutes).label("longest"),
)  # fmt: skip
_ended = (
    func.count().label("ended"), _how_many(request_facts.c.status == "cancelled").label("cancelled"),
    _how_many(request_facts.c.conformant).label("conformant"),
    _how_many(request_facts.c.late_tasks > 0).label("with_late"),
    func.sum(request_facts.c.own_minutes).label("own_minutes"),
    func.sum(request_facts.c.applicant_minutes).label("applicant_minutes"),
)  # fmt: skip


def done_cells(connection: Connection, wanted: ReportFilter) -> Rows:
    """Completed tasks: `year, month, definition_id, agency_id, role, element_id, done, limited, late, minutes, …`."""
    keys = (task_facts.c.definition_id, task_facts.c.agency_id, task_facts.c.role, task_facts.c.element_id)
    daily = (
        select(task_facts.c.completed_on.label("day"), *keys, *_done)
        .where(task_facts.c.role != APPLICANT, *within(wanted, task_facts.c.completed_on))
        .where(*about(wanted, task_facts, role=task_facts.c.role, element=task_facts.c.element_id))
        .group_by(task_facts.c.completed_on, *keys)
    )
    return _by_month(connection, daily, keys, _done)


def ended_cells(connection: Connection, wanted: ReportFilter) -> Rows:
    """Ended requests: `year, month, definition_id, agency_id, ended, cancelled, conformant, with_late, …`."""
    keys = (request_facts.c.definition_id, request_facts.c.agency_id)
    daily = (
        select(request_facts.c.ended_on.label("day"), *keys, *_ended)
        .where(*within(wanted, request_facts.c.ended_on), *about(wanted, request_facts))
        .group_by(request_facts.c.ended_on, *keys)
    )
    return _by_month(connection, daily, keys, _ended)


def _by_month(connection: Connection, daily: Select[Any], keys: Sequence[Any], counted: Sequence[Any]) -> Rows:
    """Adds days up to months. Days come first since they are the order of the index: counting needs no sorting then."""
    day = daily.subquery()
    year, month = extract("year", day.c.day).label("year"), extract("month", day.c.day).label("month")
    names = [day.c[key.name] for key in keys]
    sums = [
        (func.max if one.name == "longest" else func.sum)(day.c[one.name]).label(one.name) for one in counted
    ]
    return _rows(connection, select(year, month, *names, *sums).group_by(year, month, *names))


def open_cells(connection: Connection, wanted: ReportFilter, now: datetime) -> Rows:
    """Open tasks at this moment: `definition_id, agency_id, role, element_id, open, open_late, oldest`."""
    keys = (instances.c.definition_id, instances.c.agency_id, tasks.c.role, tasks.c.element_id)
    query = (
        select(
            *keys, func.count().label("open"), _how_many(tasks.c.due_key < now).label("open_late"),
            func.min(tasks.c.opened_at).label("oldest"),
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .where(_open, tasks.c.kind == "user", tasks.c.role != APPLICANT)
        .where(*about(wanted, instances, role=tasks.c.role, element=tasks.c.element_id))
        .group_by(*keys)
    )  # fmt: skip
    return _rows(connection, query)


def running_cells(connection: Connection, wanted: ReportFilter) -> Rows:
    """Requests that have not ended: `definition_id, agency_id, running`."""
    keys = (instances.c.definition_id, instances.c.agency_id)
    query = (
        select(*keys, func.count().label("running"))
        .where(and_(instances.c.status.in_(UNENDED)), *about(wanted, instances))
        .group_by(*keys)
    )
    return _rows(connection, query)


def _rows(connection: Connection, query: Select[Any]) -> Rows:
    return list(connection.execute(query))
