"""Requests: the list by keyset, and one with its open tasks, incidents, active elements and history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_

from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput
from engine.history.chain import moment
from engine.history.export import entry_dict
from engine.model import State
from engine.queries.cursor import decode, page_of
from engine.queries.inbox import task_columns, task_item
from engine.storage import history
from engine.storage.access import require_visible, visible
from engine.storage.tables import definitions, instances, persons, tasks

STATUSES = ("running", "suspended", "incident", "completed", "cancelled")


@dataclass(frozen=True, slots=True)
class InstanceFilter:
    """What to show; `q` searches the registration number and the SOP's name."""

    definition: str | None = None
    status: str | None = None
    q: str | None = None


def list_instances(
    context: Context, actor: Actor, filters: InstanceFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of requests that the actor may see, newest first: `{items, next_cursor}`.

    Raises:
        InvalidInput: an unknown status or a foreign cursor.
    """
    query = (
        select(instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(visible(actor))
        .order_by(instances.c.started_at.desc(), instances.c.id.desc())
        .limit(limit + 1)
    )
    if filters.status is not None:
        if filters.status not in STATUSES:
            raise InvalidInput(f"Expected status to be one of {', '.join(STATUSES)}, but got '{filters.status}'.",
                               [{"field": "status", "message": "Status tidak dikenal."}])
        query = query.where(instances.c.status == filters.status)
    if filters.definition is not None:
        query = query.where(definitions.c.key == filters.definition)
    if filters.q:
        text = filters.q.strip()
        query = query.where(instances.c.registration_number.icontains(text, autoescape=True)
                            | definitions.c.name.icontains(text, autoescape=True))
    if cursor:
        after = decode(cursor, datetime, str)
        query = query.where(tuple_(instances.c.started_at, instances.c.id) < tuple_(after[0], after[1]))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.started_at, row.id), instance_item)


def instance_item(row: Row[Any]) -> dict[str, Any]:
    """An instance row as the API shows it."""
    return {
        "id": row.id, "registration_number": row.registration_number, "definition": row.key,
        "version": row.definition_version, "name": row.name, "status": row.status,
        "confidentiality": row.confidentiality, "started_at": moment(row.started_at), "started_by": row.started_by,
        "ended_at": moment(row.ended_at) if row.ended_at else None,
    }  # fmt: skip


def instance(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """One request with variables, open tasks, active elements, incidents and armed timers.

    Raises:
        NotFound: no such request, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        opened = connection.execute(
            task_columns()
            .where(tasks.c.instance_id == instance_id, tasks.c.status == "open", tasks.c.kind == "user")
            .order_by(tasks.c.opened_at, tasks.c.id)
        ).all()
        applicant = connection.execute(select(persons.c.name).where(persons.c.id == row.applicant_id)).scalar()
    state = State.from_json(row.state)
    return instance_item(row) | {
        "agency": row.agency, "applicant": applicant, "variables": state.variables, "seq": row.seq, "head": row.head,
        "tasks": [task_item(one) for one in opened], "active": state.active_elements(),
        "incidents": incidents_of(state), "timers": timers_of(state),
    }  # fmt: skip


def incidents_of(state: State) -> list[dict[str, Any]]:
    """The incidents of a state as the API shows them."""
    return [
        {"token": one.token, "element_id": one.element_id, "code": one.code, "message": one.message}
        for one in state.incidents()
    ]


def timers_of(state: State) -> list[dict[str, Any]]:
    """The armed timers of a state, first due first."""
    ordered = sorted(state.timers.values(), key=lambda timer: (timer.due_at, timer.id))
    return [{"element_id": one.element_id, "kind": one.kind, "due_at": one.due_at} for one in ordered]


def instance_tasks(context: Context, actor: Actor, instance_id: str) -> list[dict[str, Any]]:
    """All tasks of a request, open and closed, in the order in which they opened. Raises NotFound."""
    with context.database.read() as connection:
        require_visible(connection, actor, instance_id)
        rows = connection.execute(
            task_columns().where(tasks.c.instance_id == instance_id, tasks.c.kind == "user")
            .order_by(tasks.c.opened_at, tasks.c.id)
        ).all()  # fmt: skip
    return [task_item(row) for row in rows]


def active_elements(context: Context, actor: Actor, instance_id: str) -> list[str]:
    """Ids of the elements where the request stands now. Raises NotFound."""
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
    return State.from_json(row.state).active_elements()


def incidents(context: Context, actor: Actor, instance_id: str) -> list[dict[str, Any]]:
    """What stops the request: token, element, code, message. Raises NotFound."""
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
    return incidents_of(State.from_json(row.state))


def instance_history(
    context: Context, actor: Actor, instance_id: str, *, limit: int = 200, cursor: str | None = None
) -> dict[str, Any]:
    """One page of the history in order: `{items, next_cursor}`. Raises NotFound, InvalidInput."""
    after = decode(cursor, int)[0] if cursor else 0
    with context.database.read() as connection:
        require_visible(connection, actor, instance_id)
        found = history.entries(connection, instance_id, after=after, limit=limit + 1)
    return page_of(found, limit, lambda entry: (entry.seq,), entry_dict)
