"""Pages over the seeded service: a visitor without script, and real browsers where a Chromium is found."""

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from api.pages.assets import DIST
from browser_support import Open
from engine.demo import PASSWORD
from engine.storage.unit_of_work import Database
from pages_support import Visitor

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]  # fmt: skip
PATIENCE = 20_000  # milliseconds
REFUSED = "Failed to load resource: the server responded with a status of 4"  # the console's word for an answer we want


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
    thread = threading.Thread(target=server.serve_forever, args=[0.05])  # seconds until it sees its shutdown
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


@pytest.fixture
def logged_in(make_app: Callable[..., Flask]) -> Callable[[str], str]:
    """Logs somebody in without a browser; the value of the session's cookie."""

    def log_in(username: str) -> str:
        visitor = Visitor(make_app())
        assert visitor.post("/masuk", {"username": username, "password": PASSWORD}).status_code == 303
        cookie = visitor.client.get_cookie("alur")
        assert cookie is not None
        return cookie.value

    return log_in


@pytest.fixture
def open_browser(chromium: Any, site: str, logged_in: Callable[[str], str]) -> Iterator[Open]:
    """Opens browsers of separate people; a script error, a broken policy or a foreign address fails the test."""
    trouble: list[str] = []
    contexts = []

    def open_one(who: str | None = None, **settings: Any) -> Any:
        context = chromium.new_context(**{"locale": "id-ID", "base_url": site, **settings})
        contexts.append(context)
        if who is not None:
            context.add_cookies([{"name": "alur", "value": logged_in(who), "url": site}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        ours = (site, "data:", "blob:")
        page.on("request", lambda sent: None if sent.url.startswith(ours) else trouble.append(sent.url))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [one for one in trouble if not one.startswith(REFUSED)] == []
