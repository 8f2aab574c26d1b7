"""Sends a short text through the HTTP interface of an SMS or WhatsApp gateway, described by a settings template.

Owns the filling in of the template: every placeholder is encoded for the place it stands in, and never read again.
"""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote, quote_plus, urlsplit

from engine.notifications.http import Request, deliver
from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings, SmsSettings

_PLACEHOLDER = re.compile(r"\{(nomor|pesan|id)\}")
_NUMBER = re.compile(r"(?:\+|00)?[0-9]{6,15}")
_NUMBER_PUNCTUATION = str.maketrans("", "", " -.()")
_COUNTRY = "62"
Encoder = Callable[[str], str]


def send(message: OutboxMessage, settings: ChannelSettings) -> None:
    """Sends `message.body` to the number in `message.recipient`.

    Raises:
        DeliveryFailed: not sent, or the gateway did not answer 2xx.
    """
    sms = settings.sms
    if sms is None:
        raise DeliveryFailed("Expected SMS settings, but no gateway is configured.", retryable=True)
    values = {"nomor": telephone(message.recipient, sms.number_style), "pesan": message.body, "id": message.id}
    deliver(build_request(sms, values), timeout_seconds=sms.timeout_seconds, allow_private=sms.allow_private)


def build_request(sms: SmsSettings, values: Mapping[str, str]) -> Request:
    """The gateway's request with the placeholders filled in.

    Raises:
        DeliveryFailed: the template is not usable (final: it has to be corrected first).
    """
    if "{" in urlsplit(sms.url).netloc:
        raise DeliveryFailed("Expected placeholders only in the path and query of the SMS URL.", retryable=False)
    url = _filled(sms.url, values, lambda text: quote(text, safe=""))
    headers = {name: _filled(value, values, _header_text) for name, value in sms.headers.items()}
    headers.setdefault("User-Agent", "Alur")
    return Request(sms.method, url, headers, _body(sms, values))


def telephone(number: str, style: str) -> str:
    """The number in the gateway's style; `0812…`, `62812…` and `+62 812…` are the same number.

    Raises:
        DeliveryFailed: no telephone number (final).
    """
    compact = number.translate(_NUMBER_PUNCTUATION)
    if not _NUMBER.fullmatch(compact):
        raise DeliveryFailed("Expected a telephone number of 6 to 15 digits.", retryable=False)
    international = compact.removeprefix("+").removeprefix("00")
    if not compact.startswith(("+", "00")) and compact.startswith("0"):
        international = _COUNTRY + compact[1:]
    if not international.startswith(_COUNTRY):
        return f"+{international}" if style == "+62" else international
    return style + international.removeprefix(_COUNTRY)


def _body(sms: SmsSettings, values: Mapping[str, str]) -> bytes:
    kind = next((value.lower() for name, value in sms.headers.items() if name.lower() == "content-type"), "")
    if "json" not in kind:
        encode: Encoder = quote_plus if "form-urlencoded" in kind else str
        return _filled(sms.body, values, encode).encode()
    filled = _filled(sms.body, values, lambda text: json.dumps(text)[1:-1])
    try:
        json.loads(filled)
    except ValueError as error:
        raise DeliveryFailed("Expected JSON with quoted placeholders in the SMS body.", retryable=False) from error
    return filled.encode()


def _filled(template: str, values: Mapping[str, str], encode: Encoder) -> str:
    return _PLACEHOLDER.sub(lambda match: encode(values[match[1]]), template)


def _header_text(text: str) -> str:
    return "".join(char for char in text if char.isascii() and char.isprintable())
