"""The task list: what lies with an actor and the actor's roles, soonest due first, by keyset.

One indexed range per role and one for the actor's own tasks, each cut to a page, then merged: the cost does not grow
with the number of open tasks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select, tuple_, union_all

from engine.assignment import ADMIN, APPLICANT, AUDITOR, CONFIDENTIAL, CONFIDENTIAL_AUDITOR, Actor
from engine.context import Context
from engine.errors import Forbidden
from engine.history.chain import moment
from engine.queries.cursor import decode, encode
from engine.storage.tables import definitions, instances, persons, tasks
from engine.task_access import etag


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What to show: `assignee` is "me", "none" or a user name; `q` searches name, SOP and registration number."""

    role: str | None = None
    assignee: str | None = None
    overdue: bool | None = None
    definition: str | None = None
    instance_id: str | None = None
    q: str | None = None


def inbox(
    context: Context, actor: Actor, filters: InboxFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of open tasks: `{items, next_cursor}`, soonest due first.

    Raises:
        Forbidden: a role that is not the actor's. InvalidInput: a foreign cursor.
    """
    after = decode(cursor, datetime, str) if cursor else None
    conditions = _conditions(context, actor, filters)
    if after:
        conditions.append(tuple_(tasks.c.due_key, tasks.c.id) > tuple_(after[0], after[1]))
    ranges = [_range([scope, *conditions], limit + 1) for scope in _scopes(actor, filters)]
    found = union_all(*[select(one.subquery()) for one in ranges]).subquery()
    with context.database.read() as connection:
        merged = select(found.c.id, found.c.due_key).distinct().order_by(found.c.due_key, found.c.id).limit(limit + 1)
        ids = connection.execute(merged).scalars().all()
        page = connection.execute(task_columns().where(tasks.c.id.in_(ids[:limit]))).all()
    order = {task_id: place for place, task_id in enumerate(ids)}
    rows = sorted(page, key=lambda row: order[row.id])
    more = len(ids) > limit and rows
    return {
        "items": [task_item(row) for row in rows],
        "next_cursor": encode(rows[-1].due_key, rows[-1].id) if more else None,
    }


def _scopes(actor: Actor, filters: InboxFilter) -> list[ColumnElement[bool]]:
    """The index ranges to look through: each of the actor's roles, and what is assigned to the actor."""
    if filters.role is not None:
        return [tasks.c.role == _allowed(actor, filters.role)]
    if filters.assignee == "me":
        return [tasks.c.assignee_id == actor.person_id]
    mine: list[ColumnElement[bool]] = [tasks.c.role == role for role in sorted(actor.roles - {APPLICANT})]
    return [*mine, tasks.c.assignee_id == actor.person_id]


def _allowed(actor: Actor, role: str) -> str:
    if role in actor.roles or not actor.roles.isdisjoint({ADMIN, AUDITOR, CONFIDENTIAL_AUDITOR}):
        return role
    raise Forbidden(f"Expected one of your own roles, but '{role}' is not yours.")


def _conditions(context: Context, actor: Actor, filters: InboxFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [tasks.c.status == "open", tasks.c.kind == "user"]
    if filters.role is not None and filters.role not in actor.roles and CONFIDENTIAL_AUDITOR not in actor.roles:
        conditions.append(tasks.c.confidentiality != CONFIDENTIAL)
    if filters.role == APPLICANT and actor.roles.isdisjoint({ADMIN, AUDITOR, CONFIDENTIAL_AUDITOR}):
        conditions.append(tasks.c.assignee_id == actor.person_id)
    if filters.assignee == "none":
        conditions.append(tasks.c.assignee_id.is_(None))
    elif filters.assignee == "me":
        conditions.append(tasks.c.assignee_id == actor.person_id)
    elif filters.assignee is not None:
        wanted = select(persons.c.id).where(persons.c.username == filters.assignee).scalar_subquery()
        conditions.append(tasks.c.assignee_id == wanted)
    if filters.overdue is not None:
        late = tasks.c.due_key < context.clock.now()
        conditions.append(late if filters.overdue else ~late)
    if filters.instance_id is not None:
        conditions.append(tasks.c.instance_id == filters.instance_id)
    return conditions + _search(filters)


def _search(filters: InboxFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.definition is not None:
        conditions.append(definitions.c.key == filters.definition)
    if filters.q:
        text = filters.q.strip()
        conditions.append(or_(
            tasks.c.name.icontains(text, autoescape=True), definitions.c.name.icontains(text, autoescape=True),
            instances.c.registration_number.icontains(text, autoescape=True),
        ))  # fmt: skip
    return conditions


def _range(conditions: list[ColumnElement[bool]], size: int) -> Select[Any]:
    return (
        select(tasks.c.id, tasks.c.due_key)
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(*conditions)
        .order_by(tasks.c.due_key, tasks.c.id)
        .limit(size)
    )


def task_columns() -> Select[Any]:
    """What a list shows of a task."""
    return (
        select(
            tasks, instances.c.registration_number, instances.c.status.label("instance_status"),
            definitions.c.key.label("definition"), definitions.c.version.label("definition_version"),
            definitions.c.name.label("definition_name"), persons.c.username.label("assignee"),
            persons.c.name.label("assignee_name"),
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .outerjoin(persons, persons.c.id == tasks.c.assignee_id)
    )  # fmt: skip


def task_item(row: Any) -> dict[str, Any]:
    """A task row as the API shows it."""
    return {
        "id": row.id, "instance_id": row.instance_id, "registration_number": row.registration_number,
        "definition": row.definition, "definition_name": row.definition_name, "version": row.definition_version,
        "element_id": row.element_id, "name": row.name, "lane": row.lane, "role": row.role, "status": row.status,
        "assignee": row.assignee, "assignee_name": row.assignee_name, "opened_at": moment(row.opened_at),
        "due_at": moment(row.due_at) if row.due_at else None,
        "completed_at": moment(row.completed_at) if row.completed_at else None,
        "etag": etag(row.status, row.assignee_id, row.due_at),
    }  # fmt: skip
