"""The settings of this process as administrators may see them: secrets masked, addresses without what they hold."""

from urllib.parse import urlsplit

from api.config import MEGABYTE, Config

MASK = "••••••••"


def shown_settings(config: Config) -> list[tuple[str, str]]:
    """`(variable, value)` of everything the environment decides; an empty value is a channel that is not configured."""
    smtp, webhook, sms = config.channels.smtp, config.channels.webhook, config.channels.sms
    return [
        ("ALUR_DATABASE_URL", place(config.database_url)), ("ALUR_SECRET_KEY", MASK),
        ("ALUR_DATA_DIR", str(config.data_dir)), ("ALUR_HOST", config.host), ("ALUR_PORT", str(config.port)),
        ("ALUR_PUBLIC_URL", config.public_url), ("ALUR_BODY_MB", str(config.body_bytes // MEGABYTE)),
        ("ALUR_ATTACHMENT_MB", str(config.attachment_bytes // MEGABYTE)), ("ALUR_THREADS", str(config.threads)),
        ("ALUR_PROXIES", str(config.proxies)), ("ALUR_TICK_SECONDS", f"{config.tick_seconds:g}"),
        ("ALUR_TEST_CLOCK", str(int(config.test_clock))), ("ALUR_DEMO", str(int(config.demo))),
        ("ALUR_SMTP_HOST", f"{smtp.host}:{smtp.port} ({smtp.security})" if smtp else ""),
        ("ALUR_SMTP_SENDER", smtp.sender if smtp else ""), ("ALUR_SMTP_USERNAME", smtp.username if smtp else ""),
        ("ALUR_SMTP_PASSWORD", MASK if smtp and smtp.password else ""),
        ("ALUR_WEBHOOK_URLS", ", ".join(place(url) for url in config.webhook_urls)),
        ("ALUR_WEBHOOK_SECRET", MASK if webhook else ""), ("ALUR_SMS_URL", place(sms.url) if sms else ""),
        ("ALUR_SMS_HEADERS", MASK if sms and sms.headers else ""),
    ]  # fmt: skip


def place(url: str) -> str:
    """An address without user, password, query and, on other machines, path: gateways hide keys in each of them."""
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        return url.partition("?")[0]
    port = f":{parts.port}" if parts.port else ""
    path = parts.path if parts.scheme.startswith("postgres") else "/…" if parts.path.strip("/") else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{path}"
