"""Settings from the environment, read once at the start. The only place that knows the names of the variables."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from api.channels import read_channels, webhook_urls
from api.environment import BadSetting, flag, integer
from engine.notifications.settings import ChannelSettings

MEGABYTE = 1024 * 1024
DATABASES = ("sqlite:///", "postgresql://", "postgresql+psycopg://")


@dataclass(frozen=True, slots=True)
class Config:
    """What the web process and the command line are started with.

    Attributes:
        database_url: SQLAlchemy address; by default a SQLite file in `data_dir`.
        secret_key: signs sessions; generated into `data_dir` on the first start when the environment has none.
        public_url: the address in receipts, mails and QR codes, without a slash at the end.
        body_bytes: the largest request body; `attachment_bytes`: the largest uploaded file.
        proxies: how many trusted reverse proxies stand in front (their X-Forwarded-* headers count).
        threads: requests served at once; browsers open connections ahead of need and each holds a thread for a while,
            so there are more threads than work.
        tick_seconds: how often the embedded worker looks for due work; 0 = no embedded worker.
        test_clock: a clock that stands still until `POST /test-clock` moves it. Never in production.
        demo: demo persons with a published password, and the whole catalogue deployed.
        channels, webhook_urls: how messages leave, and who hears of events (see api/channels.py).
    """

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    body_bytes: int = 24 * MEGABYTE
    attachment_bytes: int = 20 * MEGABYTE
    threads: int = 32
    proxies: int = 0
    tick_seconds: float = 2.0
    test_clock: bool = False
    demo: bool = False
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    webhook_urls: tuple[str, ...] = ()


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The settings of this process; creates the data directory and the secret key if they are not there.

    Raises:
        BadSetting: a variable that cannot be understood.
    """
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("ALUR_DATA_DIR") or "var").resolve()
    data_dir.mkdir(parents=True, exist_ok=True)
    host, port = env.get("ALUR_HOST") or "127.0.0.1", integer(env, "ALUR_PORT", 8000, 1, 65_535)
    return Config(
        database_url=_database_url(env, data_dir),
        secret_key=env.get("ALUR_SECRET_KEY") or _stored_secret(data_dir),
        data_dir=data_dir,
        host=host,
        port=port,
        public_url=(env.get("ALUR_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/"),
        body_bytes=integer(env, "ALUR_BODY_MB", 24, 1, 1024) * MEGABYTE,
        attachment_bytes=integer(env, "ALUR_ATTACHMENT_MB", 20, 1, 1024) * MEGABYTE,
        threads=integer(env, "ALUR_THREADS", 32, 1, 256),
        proxies=integer(env, "ALUR_PROXIES", 0, 0, 10),
        tick_seconds=integer(env, "ALUR_TICK_SECONDS", 2, 0, 3600),
        test_clock=flag(env, "ALUR_TEST_CLOCK"),
        demo=flag(env, "ALUR_DEMO"),
        channels=read_channels(env),
        webhook_urls=webhook_urls(env),
    )


def _database_url(env: Mapping[str, str], data_dir: Path) -> str:
    """The address of the database; the text of a wrong one may hold a password and is not repeated."""
    given = env.get("ALUR_DATABASE_URL") or f"sqlite:///{data_dir / 'alur.db'}"
    if not given.startswith(DATABASES):
        raise BadSetting(f"Expected ALUR_DATABASE_URL to begin with one of {', '.join(DATABASES)}, but it does not.")
    return given


def _stored_secret(data_dir: Path) -> str:
    """The generated key; the first of several processes that start at once wins, and only the owner can read it."""
    path = data_dir / "secret_key"
    if not path.exists():
        unfinished = data_dir / f".secret_key.{os.getpid()}"
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(unfinished, path)
        unfinished.unlink()
    return path.read_text().strip()
