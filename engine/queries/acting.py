"""Assignments of posts: who holds what from when to when, which overlap and which end soon; newest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, exists, literal, or_, select, tuple_

from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.people import ACTING_KINDS, require_administrator
from engine.queries.cursor import decode, foreign, page_of
from engine.queries.directory import when
from engine.storage.tables import agencies, assignments, persons, posts

SOON = timedelta(days=14)
SHOW = ("acting", "overlapping", "ending", "all")
_other = assignments.alias("other")


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    """Which to show: acting ones that are not over, those that overlap another of the same post, those that end within
    two weeks, or all; `q` searches person and post, `post_id` one post.
    """

    show: str = "acting"
    q: str | None = None
    post_id: int | None = None


def list_assignments(
    context: Context, actor: Actor | None, filters: AssignmentFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of assignments, the latest to begin first: `{items, next_cursor}`.

    Raises:
        Forbidden: no administrator. InvalidInput: an unknown filter or a foreign cursor.
    """
    require_administrator(actor)
    if filters.show not in SHOW:
        message = f"Expected show to be one of {', '.join(SHOW)}."
        raise InvalidInput(message, [{"field": "show", "message": message}])
    now = context.clock.now()
    query = _assignment.order_by(assignments.c.valid_from.desc(), assignments.c.id.desc()).limit(limit + 1)
    query = _filtered(query, filters, now.date())
    if cursor:
        day, last_id = decode(cursor, str, int)
        query = query.where(tuple_(assignments.c.valid_from, assignments.c.id) < tuple_(literal(_day(day)), last_id))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(
        rows, limit, lambda row: (row.valid_from.isoformat(), row.id),
        lambda row: _item(row, now.astimezone(ZoneInfo(row.zone)).date()),
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise foreign() from None


def _overlap() -> Any:
    """Another assignment of the same post and sort (for good, or acting), in a period that meets this one."""
    acting = assignments.c.kind.in_(ACTING_KINDS)
    return exists().where(
        _other.c.post_id == assignments.c.post_id, _other.c.id != assignments.c.id,
        _other.c.person_id != assignments.c.person_id, _other.c.kind.in_(ACTING_KINDS) == acting,
        or_(_other.c.valid_until.is_(None), _other.c.valid_until >= assignments.c.valid_from),
        or_(assignments.c.valid_until.is_(None), assignments.c.valid_until >= _other.c.valid_from),
        or_(_other.c.valid_until.is_(None), _other.c.valid_until >= _other.c.valid_from),
        or_(assignments.c.valid_until.is_(None), assignments.c.valid_until >= assignments.c.valid_from),
    )  # fmt: skip


_assignment = (
    select(
        assignments, persons.c.username, persons.c.name, posts.c.title, posts.c.unit,
        agencies.c.name.label("agency"), agencies.c.zone, _overlap().label("overlaps"),
    )
    .join(persons, persons.c.id == assignments.c.person_id)
    .join(posts, posts.c.id == assignments.c.post_id)
    .join(agencies, agencies.c.id == posts.c.agency_id)
)  # fmt: skip


def _filtered(query: Select[Any], filters: AssignmentFilter, today: date) -> Select[Any]:
    still = or_(assignments.c.valid_until.is_(None), assignments.c.valid_until >= today)
    if filters.show == "acting":
        query = query.where(assignments.c.kind.in_(ACTING_KINDS), still)
    elif filters.show == "overlapping":
        query = query.where(_overlap(), still)
    elif filters.show == "ending":
        query = query.where(and_(still, assignments.c.valid_until <= today + SOON))
    if filters.q:
        words = filters.q.strip()
        query = query.where(or_(
            persons.c.name.icontains(words, autoescape=True), persons.c.username.icontains(words, autoescape=True),
            posts.c.title.icontains(words, autoescape=True),
            assignments.c.letter_number.icontains(words, autoescape=True),
        ))  # fmt: skip
    if filters.post_id is not None:
        query = query.where(assignments.c.post_id == filters.post_id)
    return query


def _item(row: Any, today: date) -> dict[str, Any]:
    return {
        "id": row.id, "username": row.username, "name": row.name, "post_id": row.post_id, "title": row.title,
        "unit": row.unit, "agency": row.agency, "kind": row.kind, "letter_number": row.letter_number,
        "valid_from": row.valid_from.isoformat(), "valid_until": row.valid_until and row.valid_until.isoformat(),
        "when": when(row.valid_from, row.valid_until, today), "overlaps": bool(row.overlaps),
        "ends_soon": row.valid_until is not None and today <= row.valid_until <= today + SOON,
    }  # fmt: skip


def assignment(context: Context, actor: Actor | None, assignment_id: int) -> dict[str, Any]:
    """One assignment. Raises Forbidden, NotFound."""
    require_administrator(actor)
    now = context.clock.now()
    with context.database.read() as connection:
        row = connection.execute(_assignment.where(assignments.c.id == assignment_id)).one_or_none()
    if row is None:
        raise NotFound(f"Expected the assignment {assignment_id} to exist, but there is none.")
    return _item(row, now.astimezone(ZoneInfo(row.zone)).date())
