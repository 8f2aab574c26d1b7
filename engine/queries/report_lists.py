"""The lists behind the figures of a report, by keyset. Secret requests are counted there and named here to few."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, select, text, tuple_

from engine.assignment import APPLICANT, Actor
from engine.context import Context
from engine.errors import InvalidInput
from engine.history.chain import moment
from engine.model import UNENDED
from engine.queries.cursor import decode, encode
from engine.queries.report_filter import ReportFilter, about, checked, listed, roughly_within, within
from engine.storage.tables import agencies, definitions, instances, request_facts, roles, task_facts, tasks

TASK_LISTS = ("done", "on_time", "late", "open", "open_late")
REQUEST_LISTS = ("running", "ended", "conformant", "deviating", "late", "cancelled")
_open = text("tasks.status = 'open'")  # as written in the indexes of open tasks
_of_request = (
    instances.c.registration_number, instances.c.confidentiality, definitions.c.key.label("definition"),
    definitions.c.version, definitions.c.name.label("definition_name"), agencies.c.name.label("agency"),
    agencies.c.zone,
)  # fmt: skip


def report_tasks(
    context: Context, actor: Actor, wanted: ReportFilter, which: str, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """Tasks behind a figure: `{items, next_cursor}`. Open ones are those of now, soonest due first; done ones those of
    the period, newest first.

    Args:
        which: one of `TASK_LISTS`.

    Raises:
        Forbidden, InvalidInput: see `checked`; an unknown list; a foreign cursor.
    """
    wanted = checked(context, actor, wanted)
    _known(which, TASK_LISTS)
    after = decode(cursor, datetime, str) if cursor else None
    still_open = which.startswith("open")
    query = _open_tasks(context, wanted, which, after) if still_open else _done_tasks(wanted, which, after)
    with context.database.read() as connection:
        rows = connection.execute(query.where(*listed(actor)).limit(limit + 1)).all()
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    at = last and (last.due_key if still_open else last.completed_at)
    return {"items": [_task_item(row) for row in page], "next_cursor": encode(at, last.id) if last else None}


def _known(which: str, known: tuple[str, ...]) -> None:
    if which not in known:
        raise InvalidInput(f"Expected one of {', '.join(known)}, but got '{which}'.",
                           [{"field": "list", "message": "Daftar tidak dikenal."}])  # fmt: skip


def _tasks(*more: Any) -> Select[Any]:
    return select(
        tasks.c.id, tasks.c.instance_id, tasks.c.element_id, tasks.c.name, tasks.c.role, tasks.c.opened_at,
        tasks.c.due_at, tasks.c.due_key, tasks.c.completed_at, roles.c.name.label("role_name"), *_of_request, *more,
    )  # fmt: skip


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.join(instances, instances.c.id == tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .outerjoin(roles, roles.c.key == tasks.c.role)
    )


def _open_tasks(context: Context, wanted: ReportFilter, which: str, after: list[Any] | None) -> Select[Any]:
    conditions = about(wanted, instances, role=tasks.c.role, element=tasks.c.element_id)
    if which == "open_late":
        conditions.append(tasks.c.due_key < context.clock.now())
    if after:
        conditions.append(tuple_(tasks.c.due_key, tasks.c.id) > tuple_(after[0], after[1]))
    return (
        _joined(_tasks().select_from(tasks))
        .where(_open, tasks.c.kind == "user", tasks.c.role != APPLICANT, *conditions)
        .order_by(tasks.c.due_key, tasks.c.id)
    )


def _done_tasks(wanted: ReportFilter, which: str, after: list[Any] | None) -> Select[Any]:
    conditions = about(wanted, task_facts, role=task_facts.c.role, element=task_facts.c.element_id)
    if which == "late":
        conditions.append(task_facts.c.late_minutes > 0)
    elif which == "on_time":
        conditions.append(task_facts.c.late_minutes == 0)
    if after:
        conditions.append(tuple_(task_facts.c.completed_at, task_facts.c.task_id) < tuple_(after[0], after[1]))
    facts = (task_facts.c.minutes, task_facts.c.late_minutes)
    return (
        _joined(_tasks(*facts).select_from(task_facts).join(tasks, tasks.c.id == task_facts.c.task_id))
        .where(task_facts.c.role != APPLICANT, *within(wanted, task_facts.c.completed_on), *conditions)
        .where(*roughly_within(wanted, task_facts.c.completed_at))
        .order_by(task_facts.c.completed_at.desc(), task_facts.c.task_id.desc())
    )


def _task_item(row: Row[Any]) -> dict[str, Any]:
    return _request(row) | {
        "task_id": row.id, "element_id": row.element_id, "name": row.name, "role": row.role,
        "role_name": row.role_name or row.role, "opened_at": moment(row.opened_at), "due_at": _moment(row.due_at),
        "completed_at": _moment(row.completed_at), "minutes": getattr(row, "minutes", None),
        "late_minutes": getattr(row, "late_minutes", None),
    }  # fmt: skip


def _request(row: Row[Any]) -> dict[str, Any]:
    return {
        "instance_id": row.instance_id, "registration_number": row.registration_number, "definition": row.definition,
        "definition_name": row.definition_name, "version": row.version, "agency": row.agency, "zone": row.zone,
        "confidentiality": row.confidentiality,
    }  # fmt: skip


def _moment(at: datetime | None) -> str | None:
    return None if at is None else moment(at)


def report_requests(
    context: Context, actor: Actor, wanted: ReportFilter, which: str, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """Requests behind a figure: `{items, next_cursor}`, newest first. Running ones are those of now.

    Args:
        which: one of `REQUEST_LISTS`.

    Raises:
        Forbidden, InvalidInput: see `checked`; an unknown list; a foreign cursor.
    """
    wanted = checked(context, actor, wanted)
    _known(which, REQUEST_LISTS)
    after = decode(cursor, datetime, str) if cursor else None
    query = _running_requests(wanted, after) if which == "running" else _ended_requests(wanted, which, after)
    with context.database.read() as connection:
        rows = connection.execute(query.where(*listed(actor)).limit(limit + 1)).all()
    page = rows[:limit]
    last = page[-1] if len(rows) > limit else None
    at = last and (last.started_at if which == "running" else last.ended_at)
    following = encode(at, last.instance_id) if last else None
    return {"items": [_request_item(row) for row in page], "next_cursor": following}


def _running_requests(wanted: ReportFilter, after: list[Any] | None) -> Select[Any]:
    conditions = about(wanted, instances)
    if after:
        conditions.append(tuple_(instances.c.started_at, instances.c.id) < tuple_(after[0], after[1]))
    return (
        select(instances.c.id.label("instance_id"), instances.c.status, instances.c.started_at, instances.c.ended_at,
               *_of_request)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .where(instances.c.status.in_(UNENDED), *conditions)
        .order_by(instances.c.started_at.desc(), instances.c.id.desc())
    )  # fmt: skip


def _ended_requests(wanted: ReportFilter, which: str, after: list[Any] | None) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = about(wanted, request_facts)
    chosen: dict[str, ColumnElement[bool]] = {
        "conformant": request_facts.c.conformant, "deviating": ~request_facts.c.conformant,
        "late": request_facts.c.late_tasks > 0, "cancelled": request_facts.c.status == "cancelled",
    }  # fmt: skip
    if which in chosen:
        conditions.append(chosen[which])
    if after:
        conditions.append(tuple_(request_facts.c.ended_at, request_facts.c.instance_id) < tuple_(after[0], after[1]))
    return (
        select(request_facts, *_of_request)
        .join(instances, instances.c.id == request_facts.c.instance_id)
        .join(definitions, definitions.c.id == request_facts.c.definition_id)
        .join(agencies, agencies.c.id == request_facts.c.agency_id)
        .where(*within(wanted, request_facts.c.ended_on), *roughly_within(wanted, request_facts.c.ended_at))
        .where(*conditions)
        .order_by(request_facts.c.ended_at.desc(), request_facts.c.instance_id.desc())
    )


def _request_item(row: Row[Any]) -> dict[str, Any]:
    facts = ("own_minutes", "applicant_minutes", "tasks", "late_tasks", "conformant", "deviations")
    times = {"started_at": moment(row.started_at), "ended_at": _moment(row.ended_at)}
    return _request(row) | {"status": row.status} | times | {name: getattr(row, name, None) for name in facts}
