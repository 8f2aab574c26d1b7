"""The hardened request, the webhook and the SMS gateway against a real HTTP server on this machine."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import TestClock
from engine.notifications import sms, webhook
from engine.notifications.http import Request, deliver, is_public
from engine.notifications.message import DeliveryFailed, OutboxMessage
from engine.notifications.settings import ChannelSettings, SmsSettings, WebhookSettings

SECRET = "kunci-uji-yang-panjang"
NOW = datetime(2026, 3, 9, 2, 30, tzinfo=UTC)


class Gateway(ThreadingHTTPServer):
    """Notes every request and answers as told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.seen: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answer = 200
        self.headers: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers), body))
        self.send_response(self.server.answer)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - the name that http.server asks for

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def hook(recipient: str, message_id: str = "a1b2c3") -> OutboxMessage:
    return OutboxMessage(
        message_id, "webhook", recipient, "request_completed", "", {"nomor": "12/2026", "nama": "Ibu – É"}
    )


def hooks(allow_private: bool = True, timeout: float = 3.0) -> ChannelSettings:
    return ChannelSettings(webhook=WebhookSettings(SECRET, timeout, allow_private), clock=TestClock(NOW))


def test_a_webhook_is_posted_and_its_signature_holds(gateway: Gateway) -> None:
    webhook.send(hook(f"{gateway.url}/terima?a=1"), hooks())
    method, path, headers, body = gateway.seen[0]
    assert (method, path) == ("POST", "/terima?a=1")
    assert json.loads(body) == {
        "id": "a1b2c3", "subject": "request_completed", "data": {"nomor": "12/2026", "nama": "Ibu – É"}
    }  # fmt: skip
    assert headers["Alur-Delivery"] == "a1b2c3"
    stamp, made = (part.partition("=")[2] for part in headers["Alur-Signature"].split(","))
    assert int(stamp) == int(NOW.timestamp())
    assert made == webhook.signature(SECRET, int(stamp), body)
    assert made != webhook.signature(SECRET, int(stamp) + 1, body)
    assert made != webhook.signature(SECRET + "x", int(stamp), body)
    assert made != webhook.signature(SECRET, int(stamp), body + b" ")


@pytest.mark.parametrize(
    ("answer", "retryable"),
    [(301, False), (302, False), (307, False), (400, False), (401, False), (404, False), (410, False), (413, False),
     (408, True), (425, True), (429, True), (500, True), (502, True), (503, True)],
)  # fmt: skip
def test_every_other_answer_is_a_failure(gateway: Gateway, answer: int, retryable: bool) -> None:
    gateway.answer = answer
    gateway.headers = {"Location": f"{gateway.url}/lain"}
    with pytest.raises(DeliveryFailed) as failure:
        webhook.send(hook(gateway.url), hooks())
    assert failure.value.retryable is retryable
    assert len(gateway.seen) == 1, "a redirect must not be followed"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://0.0.0.0/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/", "http://[fd00::1]/", "http://100.64.0.1/",
        "http://2130706433/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
    ],
)  # fmt: skip
def test_private_targets_are_refused(url: str) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        webhook.send(hook(url), hooks(allow_private=False))
    assert not failure.value.retryable


def test_private_targets_are_refused_before_anything_is_sent(gateway: Gateway) -> None:
    with pytest.raises(DeliveryFailed):
        webhook.send(hook(gateway.url), hooks(allow_private=False))
    assert gateway.seen == []


def test_one_private_address_among_several_refuses_the_name(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    def answers(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    with pytest.raises(DeliveryFailed) as failure:
        webhook.send(hook("http://ganti.example/"), hooks(allow_private=False))
    assert "127.0.0.1" in failure.value.reason


def test_the_checked_address_is_the_one_that_is_called(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    asked: list[object] = []
    port = gateway.server_address[1]
    real = socket.getaddrinfo

    def answers(host: object, *rest: object, **named: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *rest, **named) if host == "dinas.example" else real(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    webhook.send(hook(f"http://dinas.example:{port}/"), hooks())
    assert asked.count("dinas.example") == 1
    assert gateway.seen[0][2]["Host"] == f"dinas.example:{port}"


@pytest.mark.parametrize(
    ("address", "public"),
    [("93.184.216.34", True), ("8.8.8.8", True), ("2606:4700::1111", True), ("127.0.0.1", False), ("::", False),
     ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False), ("64:ff9b::808:808", True), ("ff02::1", False),
     ("240.0.0.1", False), ("255.255.255.255", False), ("fe80::1%eth0", False)],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    "url",
    ["", "ftp://contoh.example/", "file:///etc/passwd", "//contoh.example/", "http://", "http://u:p@contoh.example/",
     "http://contoh.example/a b", "http://contoh.example/\r\nX: y", "http://contoh.example:99999/", "http://[::1",
     "http://contöh.example/", "http://contoh.example/" + "a" * 2000],
)  # fmt: skip
def test_odd_urls_are_refused_for_good(url: str) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        webhook.send(hook(url), hooks())
    assert not failure.value.retryable


def test_an_id_cannot_inject_a_header(gateway: Gateway) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        webhook.send(hook(gateway.url, "a\r\nX-Palsu: 1"), hooks())
    assert not failure.value.retryable
    assert gateway.seen == []


@contextmanager
def dripping() -> Iterator[int]:
    """A server that sends one byte of an endless header every 0.1 seconds."""
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def serve() -> None:
        peer, _ = listener.accept()
        with peer:
            peer.sendall(b"HTTP/1.1 200 OK\r\nX-Lambat: ")
            while not stop.wait(0.1):
                try:
                    peer.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        stop.set()
        thread.join()
        listener.close()


def test_the_time_limit_is_for_the_whole_request() -> None:
    with dripping() as port:
        started = time.monotonic()
        with pytest.raises(DeliveryFailed) as failure:
            webhook.send(hook(f"http://127.0.0.1:{port}/"), hooks(timeout=0.6))
        assert time.monotonic() - started < 3
    assert failure.value.retryable


def test_a_server_that_is_down_and_a_name_that_is_unknown_are_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/", "http://tidak-ada.invalid/"):
        with pytest.raises(DeliveryFailed) as failure:
            webhook.send(hook(url), hooks())
        assert failure.value.retryable


def test_https_demands_a_certificate(gateway: Gateway) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        deliver(Request("POST", gateway.url.replace("http:", "https:"), {}, b""), timeout_seconds=2, allow_private=True)
    assert failure.value.retryable
    assert gateway.seen == []


def test_short_secrets_and_missing_settings_wait_for_an_administrator() -> None:
    for settings in (ChannelSettings(), ChannelSettings(webhook=WebhookSettings("pendek"))):
        with pytest.raises(DeliveryFailed) as failure:
            webhook.send(hook("http://contoh.example/"), settings)
        assert failure.value.retryable


# --- SMS -----------------------------------------------------------------------------------------------------------

TRICKY = 'Kutip " dan \\ dan & = % + # {nomor} é \n akhir'


def text(recipient: str = "0812-3456-789", body: str = TRICKY) -> OutboxMessage:
    return OutboxMessage("id-7", "sms", recipient, "", body)


def via(**values: object) -> ChannelSettings:
    return ChannelSettings(sms=SmsSettings(allow_private=True, **values))  # type: ignore[arg-type]


def test_json_body(gateway: Gateway) -> None:
    template = '{"to": "{nomor}", "text": "{pesan}", "ref": "{id}", "opsi": {"jenis": 1}}'
    headers = {"Content-Type": "application/json", "X-Ref": "{id}"}
    sms.send(text(), via(url=f"{gateway.url}/kirim", headers=headers, body=template))
    method, _, sent, body = gateway.seen[0]
    assert method == "POST"
    assert sent["X-Ref"] == "id-7"
    assert json.loads(body) == {"to": "+628123456789", "text": TRICKY, "ref": "id-7", "opsi": {"jenis": 1}}


def test_form_body(gateway: Gateway) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    sms.send(text(), via(url=gateway.url, headers=headers, body="to={nomor}&text={pesan}&ref={id}", number_style="62"))
    assert parse_qs(gateway.seen[0][3].decode(), strict_parsing=True) == {
        "to": ["628123456789"], "text": [TRICKY], "ref": ["id-7"]
    }  # fmt: skip


def test_url_placeholders(gateway: Gateway) -> None:
    sms.send(text(), via(url=gateway.url + "/k/{id}?to={nomor}&m={pesan}", method="GET", number_style="0"))
    method, path, _, body = gateway.seen[0]
    assert (method, body) == ("GET", b"")
    assert urlsplit(path).path == "/k/id-7"
    assert parse_qs(urlsplit(path).query, strict_parsing=True) == {"to": ["08123456789"], "m": [TRICKY]}


@given(body=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_breaks_out_of_its_place(body: str) -> None:
    values = {"nomor": "+62811111111", "pesan": body, "id": "x"}
    made = sms.build_request(
        SmsSettings(
            "http://sms.example/a?m={pesan}&z=1", headers={"Content-Type": "application/json", "X": "{pesan}"},
            body='{"m":"{pesan}","z":1}',
        ),
        values,
    )  # fmt: skip
    assert json.loads(made.body) == {"m": body, "z": 1}
    assert parse_qs(urlsplit(made.url).query, keep_blank_values=True) == {"m": [body], "z": ["1"]}
    assert made.headers["X"].isprintable()


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "http://{nomor}.example/"},
        {"url": "http://sms.example/", "headers": {"Content-Type": "application/json"}, "body": '{"to": {pesan}}'},
        {"url": "http://sms.example/", "headers": {"Content-Type": "application/json"}, "body": "bukan json"},
    ],
)
def test_bad_templates_fail_for_good(settings: dict[str, object]) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        sms.send(text(), via(**settings))
    assert not failure.value.retryable


@pytest.mark.parametrize("number", ["", "abc", "12", "+62812{id}", "0812\r\n345678", "++62812345678", "9" * 30])
def test_bad_numbers_fail_for_good(number: str) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        sms.send(text(number), via(url="http://sms.example/"))
    assert not failure.value.retryable


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        ("0812 3456 789", "+62", "+628123456789"), ("+62 812-3456-789", "0", "08123456789"),
        ("628123456789", "62", "628123456789"), ("00628123456789", "+62", "+628123456789"),
        ("+6591234567", "+62", "+6591234567"), ("+6591234567", "62", "6591234567"),
    ],
)  # fmt: skip
def test_numbers_in_the_gateways_style(number: str, style: str, written: str) -> None:
    assert sms.telephone(number, style) == written


def test_a_gateway_inside_needs_the_setting(gateway: Gateway) -> None:
    with pytest.raises(DeliveryFailed) as failure:
        sms.send(text(), ChannelSettings(sms=SmsSettings(gateway.url)))
    assert not failure.value.retryable
    assert gateway.seen == []
