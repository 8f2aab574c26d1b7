"""Encrypted delivery: mail by STARTTLS and TLS, webhooks by HTTPS, always with a certificate for the right name."""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from engine.notifications import smtp
from engine.notifications.http import Request, deliver
from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings, SmtpSettings

MESSAGE = OutboxMessage("a1", "email", "warga@contoh.example", "Halo", "Isi\n")


class Counting:
    """Counts the mails and whether they came encrypted."""

    def __init__(self) -> None:
        self.encrypted: list[bool] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.encrypted.append(session.ssl is not None or server.transport.get_extra_info("sslcontext") is not None)
        return "250 OK"


@contextmanager
def mail_server(**tls: object) -> Iterator[tuple[Counting, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    box = Counting()
    controller = Controller(box, hostname="127.0.0.1", port=port, **tls)
    controller.start()
    try:
        yield box, port
    finally:
        controller.stop()


def account(host: str, port: int, security: str) -> ChannelSettings:
    return ChannelSettings(
        smtp=SmtpSettings(host, port, "alur@dinas.example", security=security, timeout_seconds=5)  # type: ignore[arg-type]
    )


def test_starttls(localhost_tls: ssl.SSLContext) -> None:
    with mail_server(tls_context=localhost_tls, require_starttls=True) as (box, port):
        smtp.send(MESSAGE, account("localhost", port, "starttls"))
        with pytest.raises(DeliveryFailed) as wrong_name:
            smtp.send(MESSAGE, account("127.0.0.1", port, "starttls"))
    assert "CERTIFICATE_VERIFY_FAILED" in wrong_name.value.reason
    assert box.encrypted == [True]


def test_tls_from_the_first_byte(localhost_tls: ssl.SSLContext) -> None:
    with mail_server(ssl_context=localhost_tls) as (box, port):
        smtp.send(MESSAGE, account("localhost", port, "tls"))
        with pytest.raises(DeliveryFailed) as wrong_name:
            smtp.send(MESSAGE, account("127.0.0.1", port, "tls"))
    assert "CERTIFICATE_VERIFY_FAILED" in wrong_name.value.reason
    assert box.encrypted == [True]


class Quiet(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.hosts.append(self.headers["Host"])  # type: ignore[attr-defined]
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def test_https_checks_the_name_though_it_calls_the_checked_address(localhost_tls: ssl.SSLContext) -> None:
    server = HTTPServer(("127.0.0.1", 0), Quiet)
    server.hosts = []  # type: ignore[attr-defined]
    server.socket = localhost_tls.wrap_socket(server.socket, server_side=True)
    port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        deliver(Request("POST", f"https://localhost:{port}/", {}, b"x"), timeout_seconds=5, allow_private=True)
        with pytest.raises(DeliveryFailed) as wrong_name:
            deliver(Request("POST", f"https://127.0.0.1:{port}/", {}, b"x"), timeout_seconds=5, allow_private=True)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert "CERTIFICATE_VERIFY_FAILED" in wrong_name.value.reason
    assert server.hosts == [f"localhost:{port}"]  # type: ignore[attr-defined]
