"""The outgoing channels from the environment: SMTP, signed webhooks, an SMS or WhatsApp gateway.

    ALUR_SMTP_HOST _PORT _SECURITY (none|starttls|tls) _SENDER _SENDER_NAME _USERNAME _PASSWORD
    ALUR_WEBHOOK_URLS (separated by blanks) ALUR_WEBHOOK_SECRET ALUR_WEBHOOK_PRIVATE
    ALUR_SMS_URL _METHOD _HEADERS (JSON) _BODY _NUMBER_STYLE (+62|62|0) _PRIVATE
"""

import json
from collections.abc import Mapping
from typing import Literal, cast

from api.environment import BadSetting, choice, flag, integer, required
from engine.notifications.settings import ChannelSettings, SmsSettings, SmtpSettings, WebhookSettings

SHORTEST_SECRET = 16


def read_channels(env: Mapping[str, str]) -> ChannelSettings:
    """The configured channels; None for those that are not.

    Raises:
        BadSetting: a variable that cannot be understood, or one that is missing beside others.
    """
    return ChannelSettings(_smtp(env), _webhook(env), _sms(env))


def webhook_urls(env: Mapping[str, str]) -> tuple[str, ...]:
    """Who hears of events.

    Raises:
        BadSetting: an address that is no HTTP address.
    """
    urls = tuple(env.get("ALUR_WEBHOOK_URLS", "").split())
    for url in urls:
        if not url.startswith(("https://", "http://")):
            raise BadSetting(f"Expected ALUR_WEBHOOK_URLS to hold http(s) addresses, but got '{url}'.")
    return urls


def _smtp(env: Mapping[str, str]) -> SmtpSettings | None:
    host = env.get("ALUR_SMTP_HOST", "").strip()
    if not host:
        return None
    security = choice(env, "ALUR_SMTP_SECURITY", "starttls", ("none", "starttls", "tls"))
    return SmtpSettings(
        host=host,
        port=integer(env, "ALUR_SMTP_PORT", 465 if security == "tls" else 587, 1, 65_535),
        sender=required(env, "ALUR_SMTP_SENDER", "ALUR_SMTP_HOST"),
        sender_name=env.get("ALUR_SMTP_SENDER_NAME") or "Alur",
        security=cast(Literal["none", "starttls", "tls"], security),
        username=env.get("ALUR_SMTP_USERNAME", ""),
        password=env.get("ALUR_SMTP_PASSWORD", ""),
    )


def _webhook(env: Mapping[str, str]) -> WebhookSettings | None:
    if not webhook_urls(env):
        return None
    secret = required(env, "ALUR_WEBHOOK_SECRET", "ALUR_WEBHOOK_URLS")
    if len(secret) < SHORTEST_SECRET:
        raise BadSetting(f"Expected ALUR_WEBHOOK_SECRET of at least {SHORTEST_SECRET} characters, but it is shorter.")
    return WebhookSettings(secret, allow_private=flag(env, "ALUR_WEBHOOK_PRIVATE"))


def _sms(env: Mapping[str, str]) -> SmsSettings | None:
    url = env.get("ALUR_SMS_URL", "").strip()
    if not url:
        return None
    method = choice(env, "ALUR_SMS_METHOD", "POST", ("GET", "POST", "PUT"))
    style = choice(env, "ALUR_SMS_NUMBER_STYLE", "+62", ("+62", "62", "0"))
    return SmsSettings(
        url=url,
        method=cast(Literal["GET", "POST", "PUT"], method),
        headers=_headers(env.get("ALUR_SMS_HEADERS") or "{}"),
        body=env.get("ALUR_SMS_BODY", ""),
        number_style=cast(Literal["+62", "62", "0"], style),
        allow_private=flag(env, "ALUR_SMS_PRIVATE"),
    )


def _headers(text: str) -> dict[str, str]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadSetting("Expected ALUR_SMS_HEADERS to be a JSON object, but it cannot be read.") from error
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise BadSetting("Expected ALUR_SMS_HEADERS to be a JSON object of texts, but got something else.")
    return value
