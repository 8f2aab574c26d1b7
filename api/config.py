"""Settings from the environment, read once at the start. The only place that knows the names of the variables."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
_TRUE = frozenset({"1", "true", "yes", "on", "ya"})


class BadSetting(ValueError):
    """A setting that cannot be understood; the message names the variable and what it expects."""


@dataclass(frozen=True, slots=True)
class Config:
    """What the web process and the command line are started with.

    Attributes:
        database_url: SQLAlchemy address; by default a SQLite file in `data_dir`.
        secret_key: signs sessions; generated into `data_dir` on the first start when the environment has none.
        public_url: the address in receipts, mails and QR codes, without a slash at the end.
        body_bytes: the largest request body; `attachment_bytes`: the largest uploaded file.
        proxies: how many trusted reverse proxies stand in front (their X-Forwarded-* headers count).
        tick_seconds: how often the embedded worker looks for due work; 0 = no embedded worker.
        test_clock: a clock that stands still until `POST /test-clock` moves it. Never in production.
        demo: demo persons with a published password, and the whole catalogue deployed.
    """

    database_url: str
    secret_key: str
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    body_bytes: int = 24 * MEGABYTE
    attachment_bytes: int = 20 * MEGABYTE
    threads: int = 8
    proxies: int = 0
    tick_seconds: float = 2.0
    test_clock: bool = False
    demo: bool = False


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The settings of this process; creates the data directory and the secret key if they are not there.

    Raises:
        BadSetting: a variable that cannot be understood.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("ALUR_DATA_DIR") or "var").resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    host, port = env.get("ALUR_HOST") or "127.0.0.1", _integer(env, "ALUR_PORT", 8000, 1, 65_535)
    return Config(
        database_url=env.get("ALUR_DATABASE_URL") or f"sqlite:///{data_dir / 'alur.db'}",
        secret_key=env.get("ALUR_SECRET_KEY") or _stored_secret(data_dir),
        data_dir=data_dir,
        host=host,
        port=port,
        public_url=(env.get("ALUR_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/"),
        body_bytes=_integer(env, "ALUR_BODY_MB", 24, 1, 1024) * MEGABYTE,
        attachment_bytes=_integer(env, "ALUR_ATTACHMENT_MB", 20, 1, 1024) * MEGABYTE,
        threads=_integer(env, "ALUR_THREADS", 8, 1, 256),
        proxies=_integer(env, "ALUR_PROXIES", 0, 0, 10),
        tick_seconds=_integer(env, "ALUR_TICK_SECONDS", 2, 0, 3600),
        test_clock=_flag(env, "ALUR_TEST_CLOCK"),
        demo=_flag(env, "ALUR_DEMO"),
    )


def _flag(env: Mapping[str, str], name: str) -> bool:
    return env.get(name, "").strip().lower() in _TRUE


def _integer(env: Mapping[str, str], name: str, default: int, lowest: int, highest: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
        raise BadSetting(f"Expected {name} to be a whole number from {lowest} to {highest}, but got '{text}'.")
    return int(text)


def _stored_secret(data_dir: Path) -> str:
    """The generated key; the first of several processes that start at once wins, and only the owner can read it."""
    path = data_dir / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret
