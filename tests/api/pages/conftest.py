"""Pages over the seeded service: a visitor without script, and real browsers where a Chromium is found."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from pages_support import Visitor
from werkzeug.serving import make_server

from api.pages.assets import DIST
from engine.storage.unit_of_work import Database

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]  # fmt: skip


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """Pages add nothing that depends on the store: SQLite alone."""
    return Database(request.getfixturevalue("sqlite_engine"))


@pytest.fixture
def visitor(make_app: Callable[..., Flask]) -> Callable[[], Visitor]:
    """Makes visitors of one app."""
    app = make_app()
    return lambda: Visitor(app)


@pytest.fixture
def site(make_app: Callable[..., Flask]) -> Iterator[str]:
    """The address of a real server over the seeded service."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's Chromium, driven by Playwright."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright for Python is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    if not (DIST / "page.js").is_file():
        pytest.skip("web/dist is not built (make web)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
