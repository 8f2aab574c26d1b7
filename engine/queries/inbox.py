"""The task list: what lies with an actor and the actor's roles, by keyset.

One indexed range per role and one for the actor's own tasks, each cut to a page, then merged: soonest due first, the
cost does not grow with the number of open tasks. In any other order than by deadline, the `WITHIN` tasks of each range
that are due first are sorted, and the answer says so when there are more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, or_, select, tuple_, union_all

from engine.assignment import ADMIN, APPLICANT, AUDITOR, CONFIDENTIAL, CONFIDENTIAL_AUDITOR, Actor
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.history.chain import moment
from engine.queries.cursor import decode, encode, foreign
from engine.storage.tables import definitions, instances, persons, tasks
from engine.task_access import etag
from engine.task_list import SORTS

_KEYS: dict[str, tuple[Column[Any], type]] = {
    "due_at": (tasks.c.due_key, datetime), "opened_at": (tasks.c.opened_at, datetime), "name": (tasks.c.name, str),
    "definition_name": (definitions.c.name, str), "registration_number": (instances.c.registration_number, str),
}  # fmt: skip


WITHIN = 1_000


@dataclass(frozen=True, slots=True)
class InboxFilter:
    """What to show: `assignee` is "me", "none" or a user name; `q` searches name, SOP and registration number.

    `due_within_hours` shows what is due until then, late or not.
    """

    role: str | None = None
    assignee: str | None = None
    overdue: bool | None = None
    definition: str | None = None
    instance_id: str | None = None
    q: str | None = None
    due_within_hours: int | None = None


def inbox(
    context: Context, actor: Actor, filters: InboxFilter, *, sort: str = "due_at", limit: int = 50,
    cursor: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One page of open tasks: `{items, next_cursor, sorted_within}`, in the order `sort` (`engine.task_list.SORTS`).

    `sorted_within` is None, or `WITHIN` when there are more tasks than were sorted.

    Raises:
        Forbidden: a role that is not the actor's. InvalidInput: an unknown order, a foreign cursor.
    """
    order = _order(sort)
    searched, conditions = _search(filters), _conditions(context, actor, filters)
    scopes = [_Scope([scope, *conditions, *searched], bool(searched)) for scope in _scopes(actor, filters)]
    ranges = [_range(scope, order, limit + 1, cursor) for scope in scopes]
    found = union_all(*[select(one.subquery()) for one in ranges]).subquery()
    merged = select(found).distinct().order_by(*order.by(found.c.sorted_by, found.c.id)).limit(limit + 1)
    with context.database.read() as connection:
        cut = not order.by_deadline and any(_more(connection, scope) for scope in scopes)
        keys = connection.execute(merged).all()
        ids = [row.id for row in keys]
        page = connection.execute(task_columns().where(tasks.c.id.in_(ids[:limit]))).all()
    place = {task_id: number for number, task_id in enumerate(ids)}
    rows = sorted(page, key=lambda row: place[row.id])
    last = keys[limit - 1] if len(keys) > limit else None
    return {
        "items": [task_item(row) for row in rows],
        "next_cursor": encode(sort, last.sorted_by, last.id) if last else None,
        "sorted_within": WITHIN if cut else None,
    }


@dataclass(frozen=True, slots=True)
class _Order:
    """How a list is sorted, and where its next page begins."""

    sort: str
    key: Column[Any]
    kind: type
    descending: bool

    @property
    def by_deadline(self) -> bool:
        """Whether an index gives this order."""
        return self.key is tasks.c.due_key

    def by(self, key: ColumnElement[Any], task_id: ColumnElement[str]) -> list[ColumnElement[Any]]:
        """What to order by; the id makes it total."""
        return [key.desc(), task_id.desc()] if self.descending else [key, task_id]

    def behind(self, cursor: str, key: ColumnElement[Any], task_id: ColumnElement[str]) -> ColumnElement[bool]:
        """The rows after a cursor of this order."""
        sort, value, last_id = decode(cursor, str, self.kind, str)
        if sort != self.sort:
            raise foreign()
        here, after = tuple_(key, task_id), tuple_(value, last_id)
        return here < after if self.descending else here > after


@dataclass(frozen=True, slots=True)
class _Scope:
    """One index range of tasks; `searched`: what the tasks belong to is looked at, too, which costs a page a row."""

    conditions: list[ColumnElement[bool]]
    searched: bool

    def found(self, key: Column[Any]) -> Select[Any]:
        """The tasks in it with what they are sorted by."""
        query = select(tasks.c.id, key.label("sorted_by")).where(*self.conditions)
        if not self.searched and key.table is tasks:
            return query
        return query.join(instances, instances.c.id == tasks.c.instance_id).join(
            definitions, definitions.c.id == instances.c.definition_id
        )


def _order(sort: str) -> _Order:
    if sort not in SORTS:
        raise InvalidInput(f"Expected sort to be one of {', '.join(SORTS)}.",
                           [{"field": "sort", "message": "Urutan tidak dikenal."}])
    key, kind = _KEYS[sort.removeprefix("-")]
    return _Order(sort, key, kind, sort.startswith("-"))


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
    if filters.due_within_hours is not None:
        conditions.append(tasks.c.due_key <= context.clock.now() + timedelta(hours=filters.due_within_hours))
    if filters.instance_id is not None:
        conditions.append(tasks.c.instance_id == filters.instance_id)
    return conditions


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


def _range(scope: _Scope, order: _Order, size: int, cursor: str | None) -> Select[Any]:
    found = scope.found(order.key)
    key: ColumnElement[Any] = order.key
    task_id: ColumnElement[str] = tasks.c.id
    if not order.by_deadline:
        nearest = found.order_by(tasks.c.due_key, tasks.c.id).limit(WITHIN).subquery()
        found, key, task_id = select(nearest), nearest.c.sorted_by, nearest.c.id
    if cursor:
        found = found.where(order.behind(cursor, key, task_id))
    return found.order_by(*order.by(key, task_id)).limit(size)


def _more(connection: Connection, scope: _Scope) -> bool:
    """Whether a range holds more tasks than are sorted in other orders."""
    beyond = scope.found(tasks.c.due_key).order_by(tasks.c.due_key, tasks.c.id).offset(WITHIN).limit(1)
    return connection.execute(beyond).first() is not None


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
