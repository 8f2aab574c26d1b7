"""The outbox as administrators see it: what waits, what left, what is dead."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from engine.assignment import Actor
from engine.context import Context
from engine.history.chain import moment
from engine.people import require_administrator
from engine.queries.cursor import decode, page_of
from engine.storage.tables import outbox


def list_outbox(
    context: Context, actor: Actor, *, status: str = "dead", limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of messages to the outside with this status, newest first. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    query = (
        select(outbox)
        .where(outbox.c.status == status, outbox.c.channel.in_(("email", "webhook", "sms")))
        .order_by(outbox.c.created_at.desc(), outbox.c.id.desc())
        .limit(limit + 1)
    )
    if cursor:
        created_at, last_id = decode(cursor, datetime, str)
        query = query.where(
            (outbox.c.created_at < created_at) | ((outbox.c.created_at == created_at) & (outbox.c.id < last_id))
        )
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.created_at, row.id), _message)


def _message(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id, "channel": row.channel, "recipient": row.recipient, "subject": row.subject,
        "status": row.status, "attempts": row.attempts, "last_error": row.last_error,
        "created_at": moment(row.created_at), "instance_id": row.instance_id,
    }  # fmt: skip
