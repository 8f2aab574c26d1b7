"""Mails against a real SMTP server in a thread."""

import email
import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from engine.clock import TestClock
from engine.notifications import smtp
from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings, SmtpSettings

NOW = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)


class Mailbox:
    """Keeps what arrives; answers as it is told."""

    def __init__(self) -> None:
        self.arrived: list[tuple[Envelope, EmailMessage]] = []
        self.rcpt_answer = "250 OK"
        self.data_answer = "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.data_answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.arrived.append((envelope, email.message_from_bytes(envelope.content, policy=default)))
        return self.data_answer


def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (b"alur", b"rahasia-surat"), handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, ChannelSettings]]:
    box = Mailbox()
    port = free_port()
    controller = Controller(
        box, hostname="127.0.0.1", port=port, authenticator=authenticate, auth_require_tls=False, auth_required=False
    )
    controller.start()
    settings = SmtpSettings("127.0.0.1", port, "alur@dinas.example", security="none", timeout_seconds=5)
    try:
        yield box, ChannelSettings(smtp=settings, clock=TestClock(NOW))
    finally:
        controller.stop()


def message(**changes: object) -> OutboxMessage:
    values = {
        "id": "a1b2c3", "channel": "email", "recipient": "warga@contoh.example", "subject": "Permohonan 12 selesai",
        "body": "Permohonan Anda selesai – terima kasih.\n", "data": {"html": "<p>Permohonan Anda selesai</p>"},
    } | changes  # fmt: skip
    return OutboxMessage(**values)  # type: ignore[arg-type]


def test_a_mail_arrives_with_both_parts_and_a_stable_id(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    box, settings = mailbox
    smtp.send(message(), settings)
    smtp.send(message(), settings)
    (envelope, mail), (_, again) = box.arrived
    assert envelope.mail_from == "alur@dinas.example"
    assert envelope.rcpt_tos == ["warga@contoh.example"]
    assert mail["Subject"] == "Permohonan 12 selesai"
    assert mail["To"] == "warga@contoh.example"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == again["Message-ID"]
    assert "terima kasih" in mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "<p>" in mail.get_body(("html",)).get_content()  # type: ignore[union-attr]


def test_another_message_has_another_id(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    box, settings = mailbox
    smtp.send(message(), settings)
    smtp.send(message(id="lain"), settings)
    assert box.arrived[0][1]["Message-ID"] != box.arrived[1][1]["Message-ID"]


def test_no_header_can_be_injected_through_the_subject(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    box, settings = mailbox
    smtp.send(message(subject="Halo\r\nBcc: korban@contoh.example\r\n\r\nisi palsu\x00\u2028x"), settings)
    envelope, mail = box.arrived[0]
    assert mail["Bcc"] is None
    assert envelope.rcpt_tos == ["warga@contoh.example"]
    assert mail["Subject"] == "Halo Bcc: korban@contoh.example isi palsu x"


@pytest.mark.parametrize(
    "recipient",
    [
        "", "warga", "a@b@c", "a@b.example, c@d.example", "a@b.example\r\nBcc: x@y.example", "Warga <a@b.example>",
        "a b@c.example", ".a@b.example", "a..b@c.example", "wargä@contoh.example", "x" * 250 + "@b.example",
        "a@b.example\n",
    ],
)  # fmt: skip
def test_only_one_plain_address_is_taken(mailbox: tuple[Mailbox, ChannelSettings], recipient: str) -> None:
    box, settings = mailbox
    with pytest.raises(DeliveryFailed) as failure:
        smtp.send(message(recipient=recipient), settings)
    assert not failure.value.retryable
    assert box.arrived == []


@pytest.mark.parametrize(
    ("rcpt", "data", "retryable"),
    [
        ("550 no such user", "250 OK", False),
        ("451 try later", "250 OK", True),
        ("250 OK", "554 spam", False),
        ("250 OK", "452 full", True),
    ],
)
def test_refusals_of_the_server_say_whether_a_retry_helps(
    mailbox: tuple[Mailbox, ChannelSettings], rcpt: str, data: str, retryable: bool
) -> None:
    box, settings = mailbox
    box.rcpt_answer, box.data_answer = rcpt, data
    with pytest.raises(DeliveryFailed) as failure:
        smtp.send(message(), settings)
    assert failure.value.retryable is retryable
    assert box.arrived == []


def test_login_with_the_right_and_the_wrong_password(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    box, settings = mailbox
    assert settings.smtp is not None
    for password, arrives in (("rahasia-surat", True), ("salah", False)):
        account = SmtpSettings(
            settings.smtp.host,
            settings.smtp.port,
            "alur@dinas.example",
            security="none",
            username="alur",
            password=password,
        )
        if arrives:
            smtp.send(message(), ChannelSettings(smtp=account))
        else:
            with pytest.raises(DeliveryFailed) as failure:
                smtp.send(message(), ChannelSettings(smtp=account))
            assert failure.value.retryable
            assert "salah" not in failure.value.reason
    assert len(box.arrived) == 1


def test_starttls_is_never_silently_left_out(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    box, settings = mailbox
    assert settings.smtp is not None
    demanding = SmtpSettings(settings.smtp.host, settings.smtp.port, "alur@dinas.example", security="starttls")
    with pytest.raises(DeliveryFailed):
        smtp.send(message(), ChannelSettings(smtp=demanding))
    assert box.arrived == []


def test_tls_refuses_a_server_without_it(mailbox: tuple[Mailbox, ChannelSettings]) -> None:
    _, settings = mailbox
    assert settings.smtp is not None
    demanding = SmtpSettings(
        settings.smtp.host, settings.smtp.port, "alur@dinas.example", security="tls", timeout_seconds=2
    )
    with pytest.raises(DeliveryFailed) as failure:
        smtp.send(message(), ChannelSettings(smtp=demanding))
    assert failure.value.retryable
    assert isinstance(failure.value.__cause__, ssl.SSLError | OSError)


def test_a_server_that_is_down_is_tried_again() -> None:
    settings = SmtpSettings("127.0.0.1", free_port(), "alur@dinas.example", security="none", timeout_seconds=2)
    with pytest.raises(DeliveryFailed) as failure:
        smtp.send(message(), ChannelSettings(smtp=settings))
    assert failure.value.retryable


def test_without_settings_the_message_waits() -> None:
    with pytest.raises(DeliveryFailed) as failure:
        smtp.send(message(), ChannelSettings())
    assert failure.value.retryable


def test_the_password_is_not_in_the_representation() -> None:
    assert "geheim" not in repr(SmtpSettings("a", 1, "b@c", password="geheim"))
