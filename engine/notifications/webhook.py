"""Posts a message as signed JSON to a webhook.

The receiver checks `Alur-Signature: t=<unix seconds>,v1=<hex>`, where hex is HMAC-SHA256 of `<t>.<body>` with the
shared secret, refuses old `t`, and remembers `Alur-Delivery` (the outbox id) so that a repetition does no harm.
"""

import hashlib
import hmac
import json

from engine.notifications.http import Request, deliver
from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings

_SHORTEST_SECRET = 16


def send(message: OutboxMessage, settings: ChannelSettings) -> None:
    """Posts `{"id", "subject", "data"}` to the URL in `message.recipient`.

    Raises:
        DeliveryFailed: not sent, or the receiver did not answer 2xx.
    """
    webhook = settings.webhook
    if webhook is None:
        raise DeliveryFailed("Expected webhook settings, but webhooks are not configured.", retryable=True)
    if len(webhook.secret) < _SHORTEST_SECRET:
        raise DeliveryFailed(f"Expected a webhook secret of {_SHORTEST_SECRET} characters or more.", retryable=True)
    content = {"id": message.id, "subject": message.subject, "data": dict(message.data)}
    body = json.dumps(content, separators=(",", ":")).encode("ascii")
    timestamp = int(settings.clock.now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Alur",
        "Alur-Delivery": _header_text(message.id),
        "Alur-Signature": f"t={timestamp},v1={signature(webhook.secret, timestamp, body)}",
    }
    request = Request("POST", message.recipient, headers, body)
    deliver(request, timeout_seconds=webhook.timeout_seconds, allow_private=webhook.allow_private)


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The hex signature of one delivery."""
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


def _header_text(text: str) -> str:
    if not text.isascii() or not text.isprintable():
        raise DeliveryFailed("Expected an outbox id of printable ASCII characters.", retryable=False)
    return text
