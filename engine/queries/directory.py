"""People as administrators look for them: search by name, user name, post or agency, page by page; and one in full."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, or_, select

from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.people import KINDS, require_administrator
from engine.queries.cursor import decode, page_of
from engine.queries.people import describe
from engine.storage import people
from engine.storage.tables import agencies, assignments, persons, posts, tokens

STATES = {"aktif": True, "nonaktif": False}


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Whom to show; `q` searches name, user name and the titles of posts, `agency` is a code, `state` of `STATES`."""

    q: str | None = None
    agency: str | None = None
    kind: str | None = None
    state: str | None = None


def search_people(
    context: Context, actor: Actor | None, filters: PeopleFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of persons by user name, each with today's posts: `{items, next_cursor}`.

    Raises:
        Forbidden: no administrator. InvalidInput: an unknown kind or state, a foreign cursor.
    """
    require_administrator(actor)
    query = select(persons).order_by(persons.c.username).limit(limit + 1)
    query = _filtered(query, filters)
    if cursor:
        query = query.where(persons.c.username > decode(cursor, str)[0])
    with context.database.read() as connection:
        rows = connection.execute(query).all()
        found = people.people_by_id(connection, [row.id for row in rows[:limit]], context.clock.now())
    return page_of(rows, limit, lambda row: (row.username,), lambda row: describe(found[row.id]) | _account(row))


def _filtered(query: Select[Any], filters: PeopleFilter) -> Select[Any]:
    if filters.kind is not None and filters.kind not in KINDS:
        raise _unknown("kind", KINDS)
    if filters.state is not None and filters.state not in STATES:
        raise _unknown("state", STATES)
    held = assignments.join(posts, posts.c.id == assignments.c.post_id).join(
        agencies, agencies.c.id == posts.c.agency_id
    )
    holds = select(assignments.c.id).select_from(held).where(assignments.c.person_id == persons.c.id)
    if filters.q:
        words = filters.q.strip()
        query = query.where(or_(
            persons.c.name.icontains(words, autoescape=True), persons.c.username.icontains(words, autoescape=True),
            holds.where(posts.c.title.icontains(words, autoescape=True)).exists(),
        ))  # fmt: skip
    if filters.agency:
        query = query.where(holds.where(agencies.c.code == filters.agency).exists())
    if filters.kind:
        query = query.where(persons.c.kind == filters.kind)
    if filters.state:
        query = query.where(persons.c.active.is_(STATES[filters.state]))
    return query


def _unknown(field: str, words: Any) -> InvalidInput:
    message = f"Expected {field} to be one of {', '.join(words)}."
    return InvalidInput(message, [{"field": field, "message": message}])


def _account(row: Row[Any]) -> dict[str, Any]:
    once = row.password_once_until
    return {
        "active": row.active, "demo": row.demo, "email": row.email, "phone": row.phone,
        "has_password": row.password_hash is not None, "one_time_until": once and once.isoformat(),
    }  # fmt: skip


def person(context: Context, actor: Actor | None, username: str) -> dict[str, Any]:
    """One person: account, today's posts and roles, and every assignment there is or was, newest first.

    Raises:
        Forbidden: no administrator. NotFound: nobody has this user name.
    """
    require_administrator(actor)
    now = context.clock.now()
    with context.database.read() as connection:
        row = people.person_row(connection, username)
        if row is None:
            raise NotFound(f"Expected the person '{username}' to exist, but there is none.")
        described = describe(people.people_by_id(connection, [row.id], now)[row.id])
        held = _assignments(connection, row.id, now)
        valid = select(tokens.c.id).where(
            tokens.c.person_id == row.id, tokens.c.revoked_at.is_(None), tokens.c.expires_at > context.wall.now()
        )
        live = len(connection.execute(valid.limit(100)).all())
    return described | _account(row) | {"assignments": held, "live_tokens": live}


def _assignments(connection: Connection, person_id: int, now: datetime) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(assignments, posts.c.title, posts.c.unit, agencies.c.name.label("agency"), agencies.c.zone)
        .join(posts, posts.c.id == assignments.c.post_id)
        .join(agencies, agencies.c.id == posts.c.agency_id)
        .where(assignments.c.person_id == person_id)
        .order_by(assignments.c.valid_from.desc(), assignments.c.id.desc())
        .limit(200)
    )
    return [
        {
            "id": row.id, "post_id": row.post_id, "title": row.title, "unit": row.unit, "agency": row.agency,
            "kind": row.kind, "letter_number": row.letter_number, "valid_from": row.valid_from.isoformat(),
            "valid_until": row.valid_until and row.valid_until.isoformat(),
            "when": when(row.valid_from, row.valid_until, now.astimezone(ZoneInfo(row.zone)).date()),
        }
        for row in rows
    ]  # fmt: skip


def when(valid_from: date, valid_until: date | None, today: date) -> str:
    """Where a period stands on the local day `today`: withdrawn, future, past or now."""
    if valid_until is not None and valid_until < valid_from:
        return "withdrawn"
    if valid_from > today:
        return "future"
    return "past" if valid_until is not None and valid_until < today else "now"
