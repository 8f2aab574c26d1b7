"""A small HTTP/1.1 client on one kept-alive connection, so that the load costs the measured machine little."""

import json
import socket
from typing import Any


class Client:
    """One connection to 127.0.0.1; not for several threads."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self._port = port
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self._socket: socket.socket | None = None

    def _connected(self) -> socket.socket:
        """Connects with the first request: gunicorn keeps a thread waiting for a connection that says nothing."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._reader = self._socket.makefile("rb")
        return self._socket

    def request(self, method: str, path: str, body: bytes = b"", headers: str = "") -> tuple[int, bytes]:
        """Sends one request; returns the status and the body. `headers` are whole lines ending in CRLF."""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n{self._headers}{headers}\r\n"
        )
        self._connected().sendall(head.encode() + body)
        return self._answer()

    def json(self, method: str, path: str, body: Any = None, headers: str = "") -> Any:
        """As `request`, JSON in and out.

        Raises:
            RuntimeError: the status is not a success.
        """
        status, answer = self.request(method, path, b"" if body is None else json.dumps(body).encode(), headers)
        if status >= 300:
            raise RuntimeError(f"Expected {method} {path} to succeed, but got {status}: {answer[:500]!r}")
        return json.loads(answer) if answer else None

    def _answer(self) -> tuple[int, bytes]:
        status, length, closing = int(self._line().split()[1]), 0, False
        while header := self._line().strip():
            name, _, value = header.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"connection":
                closing = value.strip().lower() == b"close"
        body = self._reader.read(length) if length else b""
        if len(body) < length:
            raise ConnectionError(f"Expected {length} bytes, but the server closed the connection after {len(body)}.")
        if closing:
            self.close()
        return status, body

    def _line(self) -> bytes:
        line = self._reader.readline()
        if not line.endswith(b"\n"):
            raise ConnectionError("Expected an answer, but the server closed the connection.")
        return line

    def close(self) -> None:
        """Closes the connection."""
        if self._socket is not None:
            self._reader.close()
            self._socket.close()
            self._socket = None
