"""How messages leave: what an installation configures for each channel. Values only, wherever they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.clock import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """A mail server.

    Attributes:
        security: `none` (a relay on the same machine), `starttls`, or `tls` from the first byte.
        sender: address of the sender.
        sender_name: shown beside it.
        timeout_seconds: for every step of the conversation.
    """

    host: str
    port: int
    sender: str
    sender_name: str = "Alur"
    security: Literal["none", "starttls", "tls"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """How webhooks are signed and where they may go.

    Attributes:
        secret: of the HMAC, at least 16 characters.
        timeout_seconds: for the whole request.
        allow_private: loopback and private addresses may be called (receivers inside the agency's network).
    """

    secret: str = field(repr=False)
    timeout_seconds: float = 10.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """The HTTP request of an SMS or WhatsApp gateway; `{nomor}`, `{pesan}` and `{id}` are filled in.

    Attributes:
        url: placeholders only in path and query.
        headers: `Content-Type` says how the body is encoded: JSON, form or plain text.
        body: for JSON, placeholders stand inside quotes.
        number_style: how `{nomor}` begins for an Indonesian number.
        timeout_seconds: for the whole request.
        allow_private: the gateway stands inside the agency's network.
    """

    url: str
    method: Literal["GET", "POST", "PUT"] = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: str = field(default="", repr=False)
    number_style: Literal["+62", "62", "0"] = "+62"
    timeout_seconds: float = 15.0
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """All channels; one that is not configured is None and its messages wait."""

    smtp: SmtpSettings | None = None
    webhook: WebhookSettings | None = None
    sms: SmsSettings | None = None
    clock: Clock = field(default_factory=SystemClock)
