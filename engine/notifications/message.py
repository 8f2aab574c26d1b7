"""What the outbox hands to a sender, and how a sender says that it failed. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from engine.errors import AlurError

Channel = Literal["email", "webhook", "sms"]


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """One message to one receiver.

    Attributes:
        id: stable over all attempts, so that a receiver recognises a repetition.
        channel: which sender takes it.
        recipient: mail address, URL or telephone number.
        subject: of a mail; otherwise empty.
        body: plain text.
        data: for a webhook what is posted; for a mail the HTML part under `html`, if any.
    """

    id: str
    channel: Channel
    recipient: str
    subject: str
    body: str
    data: Mapping[str, Any] = field(default_factory=dict)


class DeliveryFailed(AlurError):
    """A message did not go out.

    Attributes:
        reason: one line without secrets, at most 300 characters.
        retryable: False when no later attempt can succeed.
    """

    code = "delivery_failed"
    status = 502
    LONGEST: ClassVar[int] = 300

    def __init__(self, reason: str, retryable: bool) -> None:
        line = "".join(char if char.isprintable() else " " for char in reason)[: self.LONGEST]
        super().__init__(line)
        self.reason = line
        self.retryable = retryable
