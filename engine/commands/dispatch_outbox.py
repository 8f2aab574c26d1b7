"""Empties the outbox: effects become deliveries to instances and messages to people, messages leave by their senders.

An effect is worked off in one transaction with what it causes. A message is claimed under a lease, sent outside any
transaction, then marked; a worker killed in between sends it again under the same id (at least once).
"""

import logging
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
from engine.storage.unit_of_work import Connection, Row, is_outage

LEASE = timedelta(minutes=2)
HANDFUL = 4  # messages claimed at once; four slow servers still answer within the lease
SENDERS: Mapping[str, Callable[[OutboxMessage, ChannelSettings], None]] = {
    "email": smtp.send, "webhook": webhook.send, "sms": sms_gateway.send,
}  # fmt: skip
log = logging.getLogger(__name__)


class EffectFailed(Exception):
    """Working off one effect broke; the others must not wait for it."""

    def __init__(self, row: Row[Any], error: Exception) -> None:
        super().__init__(f"{type(error).__name__}: {error}")
        self.row = row


def dispatch_outbox(context: Context, limit: int = 200) -> int:
    """Works off up to `limit` effects and then up to `limit` messages; returns how many were settled."""
    return _work_off_effects(context, limit) + _send_messages(context, limit)


def _work_off_effects(context: Context, limit: int) -> int:
    """Up to `limit` effects; one that breaks is put off, so that the others do not wait for it."""
    while True:
        try:
            return _work_off(context, limit)
        except EffectFailed as failure:
            log.exception("Effect %s of instance %s failed", failure.row.id, failure.row.instance_id)
            _put_off(context, failure.row, str(failure), retryable=True)


def _work_off(context: Context, limit: int) -> int:
    with context.database.write() as connection:
        now = context.clock.now()
        rows = claim_due(connection, ("internal", "notify"), now, now + LEASE, limit)
        for row in rows:
            try:
                taken = row.channel == "internal" and _deliver(context, connection, row)
                messages = messages_for(context, connection, row.id, row.instance_id, row.data, taken=taken)
                enqueue_messages(connection, messages, row.instance_id, now)
            except Exception as error:
                if is_outage(error):  # not the effect's fault: it stays due
                    raise
                raise EffectFailed(row, error) from error
            mark_sent(connection, row.id, now)
    return len(rows)


def _deliver(context: Context, connection: Connection, row: Row[Any]) -> bool:
    """Whether some request or SOP took it; a signal is for whoever waits for it, nobody too."""
    data = row.data
    variables = data.get("variables") or {}
    if data["type"] == "signal_thrown":
        broadcast(context, connection, None, data["name"], variables, origin=row.instance_id)
        return True
    taken = deliver(
        context, connection, None, data["name"], data.get("correlation"), variables, origin=row.instance_id
    )
    return taken is not None


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
        _put_off(context, row, failure.reason, retryable=failure.retryable)
        return
    except Exception as error:
        log.exception("Message %s could not be sent", row.id)
        _put_off(context, row, type(error).__name__, retryable=True)
        return
    with context.database.write() as connection:
        mark_sent(connection, row.id, context.clock.now())


def _put_off(context: Context, row: Row[Any], reason: str, *, retryable: bool) -> None:
    attempts = row.attempts + 1
    again = next_attempt_at(attempts, context.clock.now(), row.id) if retryable else None
    with context.database.write() as connection:
        mark_failed(connection, row.id, reason, again, attempts)
