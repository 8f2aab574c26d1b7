"""The outbox as administrators see it: what waits, what left, what is dead."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from engine.assignment import CONFIDENTIAL, CONFIDENTIAL_AUDITOR, Actor
from engine.context import Context
from engine.history.chain import moment
from engine.people import require_administrator
from engine.queries.cursor import decode, page_of
from engine.storage.tables import instances, outbox

_OUTSIDE = ("email", "webhook", "sms")
_HIDDEN = "(rahasia)"


def list_outbox(
    context: Context, actor: Actor, *, status: str = "dead", limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of messages to the outside with this status, newest first; of dead ones also effects that broke.

    Whom a message about a secret request is for, and about which, only cleared auditors read: it may name who blew
    the whistle.

    Raises:
        Forbidden, InvalidInput.
    """
    require_administrator(actor)
    shown = outbox.c.channel.in_(_OUTSIDE) | (outbox.c.status == "dead")
    secret = (instances.c.confidentiality == CONFIDENTIAL).label("secret")
    query = (
        select(outbox, secret)
        .outerjoin(instances, instances.c.id == outbox.c.instance_id)
        .where(outbox.c.status == status, shown)
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
    cleared = CONFIDENTIAL_AUDITOR in actor.roles
    return page_of(
        rows, limit, lambda row: (row.created_at, row.id), lambda row: _message(row, hidden=row.secret and not cleared)
    )


def _message(row: Row[Any], *, hidden: bool) -> dict[str, Any]:
    error = row.last_error
    if hidden and error and row.recipient:
        error = error.replace(row.recipient, _HIDDEN)
    return {
        "id": row.id, "channel": row.channel, "recipient": _HIDDEN if hidden else row.recipient,
        "subject": _HIDDEN if hidden else row.subject or str(row.data.get("type", "")),
        "status": row.status, "attempts": row.attempts, "last_error": error,
        "created_at": moment(row.created_at), "instance_id": None if hidden else row.instance_id,
    }  # fmt: skip
