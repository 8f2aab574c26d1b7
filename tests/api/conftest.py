"""The API over a seeded service: one SOP, its performers and the system's people; requests as anybody by user name."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url
from werkzeug.test import TestResponse

from api.app import create_app
from beginnings import Beginnings, config_of
from engine.clock import TestClock
from engine.commands.deploy_definition import deploy_definition
from engine.commands.issue_token import issue_token
from engine.commands.seed_calendar import seed_calendar
from engine.commands.seed_demo import seed_demo
from engine.context import Context, Settings
from engine.demo import RoleRow, read_roles
from engine.storage.schema import create_all
from engine.storage.unit_of_work import Database, open_engine
from scripts.seed import CATALOGUE, forms_of

KEY = "prosedur-pembuatan-akun-splp"
START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)


class Http:
    """The API as a person sees it: `http.get("/tasks", "warga")`. Any 500 fails the test."""

    def __init__(self, app: Flask, service: Context) -> None:
        self.client, self.service = app.test_client(), service
        self.tokens: dict[str, str] = {}

    def token(self, username: str) -> str:
        """A token of this person, issued once."""
        if username not in self.tokens:
            self.tokens[username] = issue_token(self.service, None, username)["token"]
        return self.tokens[username]

    def call(self, method: str, path: str, who: str | None = None, **more: Any) -> TestResponse:
        """One request; `path` is below /api/v1."""
        headers = dict(more.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.token(who)}"
        answer = self.client.open(f"/api/v1{path}", method=method, headers=headers, **more)
        assert answer.status_code != 500, (method, path, answer.get_data(as_text=True))
        if answer.status_code >= 400:
            assert answer.content_type == "application/problem+json", (method, path)
            assert {"code", "detail", "errors", "status", "request_id"} <= answer.json.keys()
        return answer

    def get(self, path: str, who: str | None = None, **more: Any) -> TestResponse:
        return self.call("GET", path, who, **more)

    def post(self, path: str, who: str | None = None, **more: Any) -> TestResponse:
        return self.call("POST", path, who, **more)

    def put(self, path: str, who: str | None = None, **more: Any) -> TestResponse:
        return self.call("PUT", path, who, **more)


def _roles() -> list[RoleRow]:
    rows = read_roles((CATALOGUE / "roles.csv").read_bytes())
    return [row for row in rows if row.role == "pemohon" or row.role.startswith("trenggalek-")]


def seed(context: Context) -> None:
    """The calendar, the system's people and one SOP with its performers."""
    seed_calendar(context)
    seed_demo(context, _roles())
    deploy_definition(context, None, (CATALOGUE / f"{KEY}.bpmn").read_bytes(), forms=forms_of(KEY))


def in_demo(context: Context) -> Context:
    """`context` in demo mode; tokens age by the frozen clock too."""
    return replace(context, settings=replace(context.settings, demo=True), wall=context.clock)


@pytest.fixture
def service(context: Context, beginnings: Beginnings) -> Context:
    """The seeded service."""
    demo = in_demo(context)
    beginnings.seed(demo, seed)
    return demo


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def still_service(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, beginnings: Beginnings
) -> Iterator[Context]:
    """One seeded service for a whole module, for tests that only send what is refused."""
    folder = tmp_path_factory.mktemp("still")
    url = f"sqlite:///{folder / 'alur.db'}"
    if request.param == "postgresql":
        server = make_url(request.getfixturevalue("postgres_url")).set(drivername="postgresql+psycopg")
        name = f"still_{uuid4().hex[:8]}"
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        admin.dispose()
        url = server.set(database=name).render_as_string(hide_password=False)
    engine = open_engine(url)
    create_all(engine)
    demo = in_demo(Context(Database(engine), TestClock(START), Settings(data_dir=folder)))
    beginnings.seed(demo, seed)
    yield demo
    engine.dispose()


@pytest.fixture(scope="module")
def still(still_service: Context) -> Http:
    """Requests to the service that stays as it is."""
    return Http(create_app(config_of(still_service), still_service), still_service)


@pytest.fixture
def make_app(service: Context, beginnings: Beginnings) -> Callable[..., Flask]:
    """Gives the app over the seeded service, or one with other settings."""
    return partial(beginnings.app, service)


@pytest.fixture
def new_app(service: Context) -> Flask:
    """An app that no other test has, to be changed."""
    return create_app(config_of(service), service)


@pytest.fixture
def http(make_app: Callable[..., Flask], service: Context) -> Http:
    """Requests to the app."""
    return Http(make_app(), service)


@pytest.fixture
def started(http: Http) -> dict[str, Any]:
    """A request that `warga` has just started."""
    answer = http.post("/instances", "warga", json={"definition": KEY, "variables": {}})
    assert answer.status_code == 201, answer.json
    body: dict[str, Any] = answer.json
    return body
