"""One HTTP request to a stranger's server, hardened: no redirects, no private targets, bounded in time and size.

Owns the guard against server-side request forgery. The name is resolved once, every address is checked, and the
connection goes to the address that was checked, so a name that answers differently the second time gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from engine.notifications.message import DeliveryFailed

_LONGEST_URL = 2_000
_RETRY_STATUS = frozenset({408, 425, 429})
_SHOWN_ANSWER_BYTES = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class _Target:
    """Where it goes, split and checked."""

    secure: bool
    host: str
    port: int
    path: str


def deliver(request: Request, *, timeout_seconds: float, allow_private: bool) -> None:
    """Sends the request; any 2xx answer is success, everything else a failure.

    Raises:
        DeliveryFailed: retryable for network trouble, time-outs, 408, 425, 429 and 5xx; final for everything else.
    """
    target = _target(request.url)
    address = _address(target, allow_private)
    connection = _connection(target, address, timeout_seconds)
    try:
        with _deadline(connection, timeout_seconds):
            status, shown = _exchange(connection, target, request)
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryFailed(f"{target.host}: {type(error).__name__}: {error}", retryable=True) from error
    except ValueError as error:
        raise DeliveryFailed(f"Expected sendable headers and method, but: {error}", retryable=False) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        retryable = status >= 500 or status in _RETRY_STATUS
        raise DeliveryFailed(f"{target.host} answered {status}: {shown}", retryable=retryable)


def _exchange(connection: http.client.HTTPConnection, target: _Target, request: Request) -> tuple[int, str]:
    connection.request(request.method, target.path, body=request.body, headers=dict(request.headers))
    answer = connection.getresponse()
    shown = b"" if 200 <= answer.status < 300 else answer.read(_SHOWN_ANSWER_BYTES)
    return answer.status, shown.decode("utf-8", "replace")


def _target(url: str) -> _Target:
    if len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        raise DeliveryFailed("Expected a plain URL of printable ASCII characters.", retryable=False)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise DeliveryFailed(f"Expected a URL, but it cannot be read: {error}", retryable=False) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise DeliveryFailed("Expected an http or https URL with a host and without a password.", retryable=False)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    secure = parts.scheme == "https"
    return _Target(secure, parts.hostname, port or (443 if secure else 80), path)


def _address(target: _Target, allow_private: bool) -> str:
    """An address of the host; every address of it must be allowed."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DeliveryFailed(f"{target.host}: the name cannot be resolved: {error}", retryable=True) from error
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses:
        raise DeliveryFailed(f"{target.host}: the name has no address", retryable=True)
    for address in addresses:
        if not allow_private and not is_public(address):
            raise DeliveryFailed(
                f"Expected a public address, but {target.host} is {address}; allow private targets in the settings.",
                retryable=False,
            )
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether the address lies in the public internet, looking through IPv6 forms that carry an IPv4 address."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inner is None and parsed in _NAT64:
            inner = ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _connection(target: _Target, address: str, timeout: float) -> http.client.HTTPConnection:
    """A connection whose socket goes to `address` while names and certificates are those of the host."""

    def connect(_: object, timeout: float = timeout, source: object = None) -> socket.socket:
        return socket.create_connection((address, target.port), timeout)

    made: http.client.HTTPConnection
    if target.secure:
        made = http.client.HTTPSConnection(
            target.host, target.port, timeout=timeout, context=ssl.create_default_context()
        )
    else:
        made = http.client.HTTPConnection(target.host, target.port, timeout=timeout)
    made._create_connection = connect  # type: ignore[attr-defined]
    return made


@contextmanager
def _deadline(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cuts the connection after `seconds` in all; a socket's own time-out starts anew with every byte received."""
    overdue = threading.Event()

    def cut() -> None:
        overdue.set()
        if connection.sock is not None:
            with suppress(OSError):  # it may just have ended by itself
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if overdue.is_set():  # a cut in the middle of the headers looks to http.client like their end
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as error:
        if overdue.is_set():
            raise TimeoutError(f"no answer within {seconds:g} seconds") from error
        raise
    finally:
        timer.cancel()
