"""The administration's own history: who changed what, old and new values, newest first; and whether its chain holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine.assignment import Actor, may_administer, may_audit
from engine.context import Context
from engine.errors import Forbidden
from engine.history.chain import Entry, check
from engine.history.export import entry_dict
from engine.queries.cursor import decode, page_of
from engine.queries.remaining import DEFAULT_ZONE
from engine.storage import history as chain
from engine.storage.anchors import newest_leaf
from engine.storage.calendar_verification import check_calendar
from engine.storage.tables import history
from engine.storage.verification import check_leaf

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ActFilter:
    """Which acts: by who acted (user name), type, local days from and until (both included), words in it."""

    person: str | None = None
    type: str | None = None
    since: date | None = None
    until: date | None = None
    q: str | None = None


def require_reader(actor: Actor) -> None:
    """Administrators see what they and others did; auditors see it because they audit. Raises Forbidden."""
    if not (may_administer(actor) or may_audit(actor)):
        raise Forbidden(f"Expected an administrator or auditor, but {actor.username} is neither.")


def list_acts(
    context: Context, actor: Actor, filters: ActFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of acts, newest first: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    require_reader(actor)
    query = (
        select(history)
        .where(history.c.instance_id == chain.ADMINISTRATION)
        .order_by(history.c.seq.desc())
        .limit(limit + 1)
    )
    if filters.person:
        query = query.where(history.c.actor.contains(f'"person":"{filters.person}"', autoescape=True))
    if filters.type:
        query = query.where(history.c.type == filters.type)
    if filters.since:
        query = query.where(history.c.at >= _midnight(filters.since))
    if filters.until:
        query = query.where(history.c.at < _midnight(filters.until + timedelta(days=1)))
    if filters.q:
        query = query.where(history.c.data.icontains(filters.q.strip(), autoescape=True))
    if cursor:
        query = query.where(history.c.seq < decode(cursor, int)[0])
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.seq,), lambda row: entry_dict(chain.to_entry(row)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(DEFAULT_ZONE)).astimezone(UTC)


def act_types(context: Context, actor: Actor) -> list[str]:
    """The types of acts that there are, to choose from. Raises Forbidden."""
    require_reader(actor)
    query = select(history.c.type).where(history.c.instance_id == chain.ADMINISTRATION).distinct()
    with context.database.read() as connection:
        return sorted(connection.execute(query).scalars())


def verify_administration(context: Context, actor: Actor) -> dict[str, Any]:
    """Whether every act is as it was sealed, and the calendar as they say; Forbidden for who may not see.

    Returns:
        `{valid, entries, head, anchored_seq, problems}`.
    """
    require_reader(actor)
    with context.database.read() as connection:
        seen = _Counted(_entries(connection))
        problems = check(chain.ADMINISTRATION, seen)
        leaf = newest_leaf(connection, chain.ADMINISTRATION)
        problems += check_leaf(connection, chain.ADMINISTRATION)
        if not problems:
            problems += check_calendar(connection)[1]
    return {
        "valid": not problems, "entries": seen.count, "head": seen.head, "anchored_seq": leaf[1].seq if leaf else 0,
        "problems": [problem.to_dict() for problem in problems],
    }  # fmt: skip


class _Counted:
    """Passes entries on and remembers how many there were, and the last one's hash."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries, self.count, self.head = entries, 0, ""

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.count, self.head = self.count + 1, entry.hash
            yield entry


def _entries(connection: Connection) -> Iterator[Entry]:
    after = 0
    while batch := chain.entries(connection, chain.ADMINISTRATION, after=after, limit=BATCH):
        yield from batch
        after = batch[-1].seq
