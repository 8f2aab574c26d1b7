"""`alur serve` and `alur worker`: the processes of an installation. The home of gunicorn."""

import ctypes
import logging
import signal
import threading
from contextlib import suppress
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

from api.app import create_app
from api.bootstrap import build_context
from api.config import Config
from api.worker import start_worker, work_once
from scripts.cli_support import refusing, service, settings
from scripts.seed import seed_everything

POSTGRES_WORKERS = 2
M_ARENA_MAX = -8  # malloc.h


class Server(BaseApplication):  # type: ignore[misc]
    """gunicorn with threads; every process builds its own service and, if asked, ticks."""

    def __init__(self, config: Config, options: dict[str, Any]) -> None:
        self._config, self._options = config, options
        super().__init__()

    def load_config(self) -> None:
        """Hands the options to gunicorn."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The app of one web process."""
        context = build_context(self._config)
        if self._config.tick_seconds:
            start_worker(context, self._config.tick_seconds)
        return create_app(self._config, context)


def share_memory_between_threads() -> None:
    """Two glibc heaps instead of one for each thread, which would only ever grow; elsewhere nothing happens."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def log_to_stderr() -> None:
    """Warnings and errors as lines with their time; APScheduler's complaints about slow ticks are none."""
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level=logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def server_options(config: Config, workers: int | None) -> dict[str, Any]:
    """gunicorn's options. SQLite has one writer and a test clock one owner, so both get one process."""
    single = config.test_clock or config.database_url.startswith("sqlite")
    return {
        "bind": f"{config.host}:{config.port}",
        "workers": 1 if config.test_clock else workers or (1 if single else POSTGRES_WORKERS),
        "worker_class": "gthread",
        "threads": config.threads,
        "timeout": 120,
        "graceful_timeout": 20,
        "keepalive": 15,
        "loglevel": "warning",
    }


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; by default 1 on SQLite, 2 on PostgreSQL.")
@refusing
def serve(workers: int | None) -> None:
    """Starts the web server (with the embedded worker, unless ALUR_TICK_SECONDS=0)."""
    share_memory_between_threads()
    log_to_stderr()
    config = settings()
    context = build_context(config, migrate=True)
    if config.demo:
        names, deployed = seed_everything(context)
        click.echo(f"Demo: {len(names)} orang baru, {len(deployed)} SOP.", err=True)
    context.database.engine.dispose()
    click.echo(f"Alur: http://{config.host}:{config.port}", err=True)
    Server(config, server_options(config, workers)).run()


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@refusing
def worker(once: bool) -> None:
    """Fires timers, sends messages and anchors histories until it is stopped."""
    log_to_stderr()
    context = service()
    if once:
        click.echo(f"{work_once(context)} timer.")
        return
    scheduler = start_worker(context, settings().tick_seconds or 2.0)
    stop = threading.Event()
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, lambda *_: stop.set())
    stop.wait()
    scheduler.shutdown(wait=True)


COMMANDS = (serve, worker)
