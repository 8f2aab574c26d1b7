"""The administration's own history: every act outside any request, newest first, and whether its chain holds."""

from typing import Any

from sqlalchemy import select

from engine.assignment import Actor, may_audit
from engine.context import Context
from engine.errors import Forbidden
from engine.history.chain import check
from engine.history.export import entry_dict
from engine.queries.cursor import decode, encode
from engine.storage.history import ADMINISTRATION, entries, to_entry
from engine.storage.tables import history


def administration(
    context: Context, actor: Actor, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of entries: `{items, next_cursor}`.

    Raises:
        Forbidden: the actor is no auditor. InvalidInput: a foreign cursor.
    """
    _require_auditor(actor)
    query = select(history).where(history.c.instance_id == ADMINISTRATION).order_by(history.c.seq.desc())
    if cursor:
        query = query.where(history.c.seq < decode(cursor, int)[0])
    with context.database.read() as connection:
        rows = connection.execute(query.limit(limit + 1)).all()
    page = rows[:limit]
    return {
        "items": [entry_dict(to_entry(row)) for row in page],
        "next_cursor": encode(page[-1].seq) if len(rows) > limit else None,
    }


def verify_administration(context: Context, actor: Actor) -> dict[str, Any]:
    """Whether the whole chain of acts holds: `{valid, entries, head, problems[]}`.

    Raises:
        Forbidden: the actor is no auditor.
    """
    _require_auditor(actor)
    with context.database.read() as connection:
        acts = entries(connection, ADMINISTRATION)
    problems = check(ADMINISTRATION, acts)
    return {
        "valid": not problems, "entries": len(acts), "head": acts[-1].hash if acts else "",
        "problems": [problem.to_dict() for problem in problems],
    }  # fmt: skip


def _require_auditor(actor: Actor) -> None:
    if not may_audit(actor):
        raise Forbidden("Expected an auditor to read the history of the administration.")
