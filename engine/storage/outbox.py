"""Outbox rows: written with the change that caused them, claimed later, sent at least once under a stable id."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from engine.notifications.effects import Effect
from engine.notifications.message import OutboxMessage
from engine.storage.tables import outbox


def _row(
    channel: str, instance_id: str | None, data: Mapping[str, Any], now: datetime, place: int = 0
) -> dict[str, Any]:
    """`place` in its batch: ids grow with time, so that what is due together leaves in the order it was written."""
    moment = f"{int(now.timestamp() * 1_000_000):013x}{place % 4096:03x}"
    return {
        "id": moment + uuid4().hex[:16], "channel": channel, "recipient": "", "subject": "", "body": "",
        "data": dict(data), "instance_id": instance_id, "status": "pending", "next_attempt_at": now,
        "created_at": now,
    }  # fmt: skip


def enqueue(connection: Connection, effects: Iterable[Effect], now: datetime) -> None:
    """Stores effects as pending rows, due at once."""
    rows = [_row(one.channel, one.instance_id, one.data, now, place) for place, one in enumerate(effects)]
    if rows:
        connection.execute(insert(outbox), rows)


def enqueue_messages(
    connection: Connection, messages: Iterable[OutboxMessage], instance_id: str | None, now: datetime
) -> None:
    """Stores ready mails, webhook calls and SMS under their own ids; one with a known id is already there."""
    rows = [
        _row(message.channel, instance_id, message.data, now)
        | {"id": message.id, "recipient": message.recipient, "subject": message.subject, "body": message.body}
        for message in messages
    ]
    known = set(
        connection.execute(select(outbox.c.id).where(outbox.c.id.in_([row["id"] for row in rows]))).scalars()
    )
    fresh = [row for row in rows if row["id"] not in known]
    if fresh:
        connection.execute(insert(outbox), fresh)


def claim_due(
    connection: Connection, channels: Sequence[str], now: datetime, lease_until: datetime, limit: int
) -> Sequence[Row[Any]]:
    """Takes up to `limit` due rows for this worker by moving their next attempt to `lease_until`."""
    rows = connection.execute(
        select(outbox)
        .where(outbox.c.status == "pending", outbox.c.next_attempt_at <= now, outbox.c.channel.in_(channels))
        .order_by(outbox.c.next_attempt_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if rows:
        lease = update(outbox).where(outbox.c.id == bindparam("wanted"))
        lease = lease.values(next_attempt_at=lease_until, attempts=outbox.c.attempts + 1)
        connection.execute(lease, [{"wanted": row.id} for row in rows])
    return rows


def mark_sent(connection: Connection, outbox_id: str, now: datetime) -> None:
    """The row left; it stays as proof."""
    connection.execute(
        update(outbox).where(outbox.c.id == outbox_id)
        .values(status="sent", sent_at=now, next_attempt_at=None, last_error=None)
    )  # fmt: skip


def mark_failed(
    connection: Connection, outbox_id: str, error: str, next_attempt_at: datetime | None, attempts: int
) -> None:
    """This many attempts failed; without a next one the row is a dead letter, visible and resendable."""
    connection.execute(
        update(outbox).where(outbox.c.id == outbox_id)
        .values(
            status="pending" if next_attempt_at else "dead", next_attempt_at=next_attempt_at, last_error=error[:400],
            attempts=attempts,
        )
    )  # fmt: skip


def revive(connection: Connection, outbox_id: str, now: datetime) -> bool:
    """Makes a dead letter pending again; False when there is no such dead letter."""
    statement = (
        update(outbox).where(outbox.c.id == outbox_id, outbox.c.status == "dead")
        .values(status="pending", attempts=0, next_attempt_at=now)
    )  # fmt: skip
    return connection.execute(statement).rowcount == 1
