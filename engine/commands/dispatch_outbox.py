"""Empties the outbox: effects become deliveries to instances and messages to people, messages leave by their senders.

An effect is worked off in one transaction with what it causes. A message is claimed under a lease, sent outside any
transaction, then marked; a worker killed in between sends it again under the same id (at least once).
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, cast

from engine.context import Context
from engine.delivery import broadcast, deliver
from engine.notices import messages_for
from engine.notifications import sms as sms_gateway
from engine.notifications import smtp, webhook
from engine.notifications.message import Channel, DeliveryFailed, OutboxMessage
from engine.notifications.retry import next_attempt_at
from engine.notifications.settings import ChannelSettings
from engine.storage.outbox import claim_due, enqueue_messages, mark_failed, mark_sent
from engine.storage.unit_of_work import Connection, Row

LEASE = timedelta(minutes=2)
HANDFUL = 4  # messages claimed at once; four slow servers still answer within the lease
SENDERS: Mapping[str, Callable[[OutboxMessage, ChannelSettings], None]] = {
    "email": smtp.send, "webhook": webhook.send, "sms": sms_gateway.send,
}  # fmt: skip


def dispatch_outbox(context: Context, limit: int = 200) -> int:
    """Works off up to `limit` effects and then up to `limit` messages; returns how many were settled."""
    return _work_off_effects(context, limit) + _send_messages(context, limit)


def _work_off_effects(context: Context, limit: int) -> int:
    with context.database.write() as connection:
        now = context.clock.now()
        rows = claim_due(connection, ("internal", "notify"), now, now + LEASE, limit)
        for row in rows:
            if row.channel == "internal":
                _deliver(context, connection, row)
            messages = messages_for(context, connection, row.id, row.instance_id, row.data)
            enqueue_messages(connection, messages, row.instance_id, now)
            mark_sent(connection, row.id, now)
    return len(rows)


def _deliver(context: Context, connection: Connection, row: Row[Any]) -> None:
    data = row.data
    variables = data.get("variables") or {}
    if data["type"] == "signal_thrown":
        broadcast(context, connection, None, data["name"], variables, origin=row.instance_id)
    else:
        deliver(
            context, connection, None, data["name"], data.get("correlation"), variables, origin=row.instance_id
        )


def _send_messages(context: Context, limit: int) -> int:
    """Sends in small handfuls, so that slow servers do not outlast the lease of what was claimed."""
    sent = 0
    while sent < limit:
        with context.database.write() as connection:
            now = context.clock.now()
            rows = claim_due(connection, tuple(SENDERS), now, now + LEASE, HANDFUL)
        for row in rows:
            _send(context, row)
        sent += len(rows)
        if not rows:
            break
    return sent


def _send(context: Context, row: Row[Any]) -> None:
    message = OutboxMessage(row.id, cast(Channel, row.channel), row.recipient, row.subject, row.body, row.data)
    try:
        SENDERS[row.channel](message, context.settings.channels)
    except DeliveryFailed as failure:
        again = next_attempt_at(row.attempts + 1, context.clock.now(), row.id) if failure.retryable else None
        with context.database.write() as connection:
            mark_failed(connection, row.id, failure.reason, again)
        return
    with context.database.write() as connection:
        mark_sent(connection, row.id, context.clock.now())
