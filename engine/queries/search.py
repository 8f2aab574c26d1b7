"""Auditors' search: requests by number, person, post, SOP, agency, period, status, lateness and data, newest first.

A search never reads the whole table in one go. Ranges that an index serves (numbers, applicants, SOPs, statuses, the
period) are walked in their order; what no index serves is asked of one stretch of requests after the other. When
the last stretch or half a second is through and the page is still not full, the answer says how far it has looked and
its cursor goes on from there. So every answer comes in bounded time, with a million requests too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, false, or_, select, tuple_, union_all

from engine.assignment import Actor
from engine.context import Context
from engine.data_conditions import DataCondition, holds
from engine.errors import InvalidInput, NotFound
from engine.history.chain import moment
from engine.model import State
from engine.queries.cursor import decode, encode
from engine.queries.instances import STATUSES, instance_item
from engine.queries.search_conditions import (
    acted,
    data_named,
    named,
    number_contains,
    numbers,
    people_named,
    was_late,
)
from engine.storage.access import visible
from engine.storage.tables import agencies, definitions, instances

STRETCHES = (500, *(2_500,) * 10)
ENOUGH = 0.5  # seconds after which a page that is not full says how far it has looked
PER_READ = 200
ASKED, ACTED = "asked", "acted"
_place = (instances.c.started_at, instances.c.id)


@dataclass(frozen=True, slots=True)
class RequestFilter:
    """What to look for; everything given must hold.

    Attributes:
        q: a registration number, its ordinal, or a part of the SOP's name.
        person: user name or part of a name; `part` says whether that person "asked", "acted", or either (None).
        post: part of the title of the post as which somebody acted, as history keeps it.
        definition: key of an SOP. agency: code of an agency. status: one of `STATUSES`.
        since, until: started at or after, and before (aware).
        late: only requests with a task that is, or was completed, after its due moment.
        data: conditions on the request's data as they are now.
    """

    q: str | None = None
    person: str | None = None
    part: str | None = None
    post: str | None = None
    definition: str | None = None
    agency: str | None = None
    status: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    late: bool = False
    data: tuple[DataCondition, ...] = ()


Range = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A filter as SQL: `ranges` are index ranges that together hold every match, `asked` what else must hold."""

    ranges: Sequence[Range]
    asked: Sequence[ColumnElement[bool]]
    data: tuple[DataCondition, ...]


def search(
    context: Context, actor: Actor, filters: RequestFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of requests that the actor may see, newest first: `{items, next_cursor, looked_until}`.

    `looked_until` is None on a full page and at the end; else the page may hold fewer than `limit` or no items, though
    older requests may match: it is the moment down to which was looked, and the cursor goes on there.

    Raises:
        InvalidInput: an unknown status or part, a foreign cursor, too many people of that name.
    """
    after, begun = tuple(decode(cursor, datetime, str)) if cursor else None, monotonic()
    with context.database.read() as connection:
        wanted = _wanted(context, connection, actor, filters)
        found: list[Row[Any]] = []
        for size in STRETCHES:
            end = _end_of_stretch(connection, wanted.ranges, after, size)
            found += _matches(connection, wanted, after, end, limit + 1 - len(found))
            if end is None or len(found) > limit or monotonic() - begun > ENOUGH:
                break
            after = end
        late = _late_ones(connection, context.clock.now(), [row.id for row in found[:limit]])
    page = found[:limit]
    if len(found) > limit:
        end = (page[-1].started_at, page[-1].id)
    return {
        "items": [instance_item(row) | {"agency": row.agency, "late": row.id in late} for row in page],
        "next_cursor": encode(*end) if end is not None else None,
        "looked_until": moment(end[0]) if end is not None and len(found) <= limit else None,
    }


def instance_named(context: Context, actor: Actor, text: str) -> str:
    """The id of the request with this registration number; what is no number is taken for an id.

    Raises:
        NotFound: no such number, or the actor may not see that request.
    """
    if "-" not in text:
        return text
    found = search(context, actor, RequestFilter(q=text), limit=2)["items"]
    numbered = [str(item["id"]) for item in found if item["registration_number"] == text.upper()]
    if not numbered:
        raise NotFound(f"Expected a request with the number '{text}', but there is none.")
    return numbered[0]


def every_match(context: Context, actor: Actor, filters: RequestFilter) -> Iterator[dict[str, Any]]:
    """All requests that match, newest first, read page by page while they are taken.

    Raises:
        InvalidInput: as `search`, at once and not when the first one is taken.
    """
    return _pages(context, actor, filters, search(context, actor, filters, limit=PER_READ))


def _pages(
    context: Context, actor: Actor, filters: RequestFilter, page: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    while True:
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        page = search(context, actor, filters, limit=PER_READ, cursor=page["next_cursor"])


def _wanted(context: Context, connection: Connection, actor: Actor, filters: RequestFilter) -> _Wanted:
    if filters.status is not None and filters.status not in STATUSES:
        raise InvalidInput(f"Expected status to be one of {', '.join(STATUSES)}, but got '{filters.status}'.",
                           [{"field": "status", "message": "Status tidak dikenal."}])
    asked: list[ColumnElement[bool]] = [visible(actor)]
    if filters.agency:
        owner = select(agencies.c.id).where(agencies.c.code == filters.agency).scalar_subquery()
        asked.append(instances.c.agency_id == owner)
    if filters.late:
        asked.append(was_late(context.clock.now()))
    asked += [data_named(condition.name) for condition in filters.data]
    ranges = _ranges(connection, filters, asked)
    always: Range = []
    always += [instances.c.started_at >= filters.since] if filters.since else []
    always += [instances.c.started_at < filters.until] if filters.until else []
    return _Wanted([[*one, *always] for one in ranges], asked, filters.data)


def _ranges(connection: Connection, filters: RequestFilter, asked: list[ColumnElement[bool]]) -> list[Range]:
    """The narrowest ranges that an index serves; every other wish joins `asked`."""
    ranges: list[list[ColumnElement[bool]]] = []
    if filters.q:
        _number_or_name(connection, filters.q.strip(), ranges, asked)
    if filters.person:
        _person(connection, filters, ranges, asked)
    if filters.post and (not filters.person or filters.part == ASKED):
        asked.append(acted(None, filters.post))
    if filters.definition:
        ids = connection.execute(select(definitions.c.id).where(definitions.c.key == filters.definition)).scalars()
        ranges.append([instances.c.definition_id == one for one in ids])
    if filters.status:
        ranges.append([instances.c.status == filters.status])
    if not ranges:
        return [[]]
    asked += [or_(false(), *one) for one in ranges[1:]]
    return [[one] for one in ranges[0]]


def _number_or_name(
    connection: Connection, text: str, ranges: list[list[ColumnElement[bool]]], asked: list[ColumnElement[bool]]
) -> None:
    found = numbers(connection, text)
    if found is not None:
        ranges.append(found)
        return
    versions = [instances.c.definition_id == one for one in named(connection, text)]
    if " " in text:  # no number has a space
        ranges.append(versions)
    else:
        asked.append(or_(number_contains(text), *versions))


def _person(
    connection: Connection, filters: RequestFilter, ranges: list[list[ColumnElement[bool]]],
    asked: list[ColumnElement[bool]],
) -> None:  # fmt: skip
    if filters.part not in (None, ASKED, ACTED):
        raise InvalidInput(f"Expected part to be {ASKED} or {ACTED}, but got '{filters.part}'.",
                           [{"field": "part", "message": "Pilihan tidak dikenal."}])
    people = people_named(connection, str(filters.person))
    applicants = [instances.c.applicant_id == one for one, _ in people]
    did = acted([username for _, username in people], filters.post)
    if filters.part == ASKED:
        ranges.append(applicants)
    elif filters.part == ACTED or filters.post:
        asked.append(did)
    else:
        asked.append(or_(false(), did, *applicants))


Place = tuple[datetime, str]


def _end_of_stretch(connection: Connection, ranges: Sequence[Range], after: Any, size: int) -> Place | None:
    """The place of the last request in the next stretch of `size`; None when fewer are left."""
    if not ranges:
        return None
    parts = [
        select(*_place).where(*one, *_behind(after)).order_by(*_newest(instances)).limit(size).subquery()
        for one in ranges
    ]
    together = union_all(*[select(part) for part in parts]).subquery()
    query = select(together).order_by(*_newest(together)).offset(size - 1).limit(1)
    row = connection.execute(query).one_or_none()
    return (row.started_at, row.id) if row else None


def _matches(
    connection: Connection, wanted: _Wanted, after: Any, end: Place | None, most: int
) -> list[Row[Any]]:
    """Up to `most` matches behind `after` and not behind `end`, newest first."""
    if not wanted.ranges:
        return []
    within = [*_behind(after), *([tuple_(*_place) >= tuple_(*end)] if end else [])]
    parts = [_columns().where(*one, *within, *wanted.asked).order_by(*_newest(instances)) for one in wanted.ranges]
    if not wanted.data:
        parts = [part.limit(most) for part in parts]
    found: dict[str, Row[Any]] = {}
    for part in parts:
        taken = 0
        for row in connection.execute(part):
            if taken < most and _fits(row.state, wanted.data):
                found[row.id] = row
                taken += 1
    return sorted(found.values(), key=lambda row: (row.started_at, row.id), reverse=True)[:most]


def _fits(state: str, data: tuple[DataCondition, ...]) -> bool:
    if not data:
        return True
    variables = State.from_json(state).variables
    return all(holds(condition, variables) for condition in data)


def _behind(after: Any) -> list[ColumnElement[bool]]:
    return [tuple_(*_place) < tuple_(*after)] if after else []


def _newest(source: Any) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return source.c.started_at.desc(), source.c.id.desc()


def _columns() -> Select[Any]:
    return (
        select(instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name,
               agencies.c.name.label("agency"))
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
    )  # fmt: skip


def _late_ones(connection: Connection, now: datetime, ids: Sequence[str]) -> set[str]:
    query = select(instances.c.id).where(instances.c.id.in_(ids), was_late(now))
    return set(connection.execute(query).scalars()) if ids else set()
