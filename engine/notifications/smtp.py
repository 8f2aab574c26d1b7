"""Sends a message as an e-mail over SMTP. Owns the message's headers; the texts come from `texts`."""

import re
import smtplib
import ssl
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings, SmtpSettings

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"(?=.{{3,254}}$){_WORD}(?:\.{_WORD})*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_LONGEST_SUBJECT = 200
_FIRST_PERMANENT = 500


def send(message: OutboxMessage, settings: ChannelSettings) -> None:
    """Sends one mail to the one address in `message.recipient`.

    Raises:
        DeliveryFailed: the server did not take it; final when it said so with a 5xx code for this address or content.
    """
    smtp = settings.smtp
    if smtp is None:
        raise DeliveryFailed("Expected mail settings, but no mail server is configured.", retryable=True)
    mail = build_mail(message, smtp)
    mail["Date"] = format_datetime(settings.clock.now())
    try:
        with _connect(smtp) as server:
            server.send_message(mail, from_addr=smtp.sender, to_addrs=[message.recipient])
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise DeliveryFailed(f"the address was refused: {_reply(code, text)}", code < _FIRST_PERMANENT) from error
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryFailed(f"the mail server refused the password ({error.smtp_code})", retryable=True) from error
    except smtplib.SMTPResponseException as error:
        reason = _reply(error.smtp_code, error.smtp_error)
        raise DeliveryFailed(f"the mail server refused: {reason}", error.smtp_code < _FIRST_PERMANENT) from error
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryFailed(f"{smtp.host}: {type(error).__name__}: {error}", retryable=True) from error


def build_mail(message: OutboxMessage, smtp: SmtpSettings) -> EmailMessage:
    """The mail without its date; the same message always gets the same Message-ID.

    Raises:
        DeliveryFailed: the address of the receiver or sender is none (final).
    """
    for address in (message.recipient, smtp.sender):
        if not _ADDRESS.fullmatch(address):
            raise DeliveryFailed("Expected one plain e-mail address.", retryable=False)
    domain = smtp.sender.rpartition("@")[2]
    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = _one_line(message.subject)[:_LONGEST_SUBJECT]
    mail["From"] = Address(_one_line(smtp.sender_name), addr_spec=smtp.sender)
    mail["To"] = message.recipient
    mail["Message-ID"] = f"<{sha256(message.id.encode('utf-8', 'replace')).hexdigest()[:40]}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_sendable(message.body))
    page = message.data.get("html")
    if isinstance(page, str):
        mail.add_alternative(_sendable(page), subtype="html")
    return mail


def _connect(smtp: SmtpSettings) -> smtplib.SMTP:
    server: smtplib.SMTP
    if smtp.security == "tls":
        server = smtplib.SMTP_SSL(
            smtp.host, smtp.port, timeout=smtp.timeout_seconds, context=ssl.create_default_context()
        )
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=smtp.timeout_seconds)
    try:
        if smtp.security == "starttls":
            server.starttls(context=ssl.create_default_context())
        if smtp.username:
            server.login(smtp.username, smtp.password)
    except (smtplib.SMTPException, OSError):
        server.close()
        raise
    return server


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _sendable(text: str) -> str:
    """Without lone surrogates, which no mail can carry."""
    return text.encode("utf-8", "replace").decode()


def _reply(code: int, text: bytes | str) -> str:
    return f"{code} {text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
