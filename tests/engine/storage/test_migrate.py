"""Migrations build what the tables say, on both databases, and are safe to run again and at once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, create_engine, insert, inspect, make_url, update
from sqlalchemy.exc import DBAPIError

from engine.storage import migrate
from engine.storage.schema import create_all
from engine.storage.tables import anchors, metadata
from engine.storage.unit_of_work import open_engine


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = make_url(request.getfixturevalue("postgres_url")), f"empty_{uuid4().hex[:8]}"
    url = server.set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def _shape(engine: Engine) -> dict[str, object]:
    seen = inspect(engine)
    return {
        table: (
            [(column["name"], str(column["type"]), column["nullable"]) for column in seen.get_columns(table)],
            sorted(str(index["name"]) for index in seen.get_indexes(table)),
            seen.get_pk_constraint(table)["constrained_columns"],
        )
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrated_schema_is_the_declared_one(empty_engine: Engine, tmp_path: Path) -> None:
    migrate.upgrade(empty_engine)
    migrate.upgrade(empty_engine)
    assert migrate.differences(empty_engine) == []
    assert _shape(empty_engine).keys() == metadata.tables.keys()
    if empty_engine.dialect.name == "sqlite":
        declared = open_engine(f"sqlite:///{tmp_path / 'declared.db'}")
        create_all(declared)
        assert _shape(empty_engine) == _shape(declared)
        declared.dispose()


def test_migrations_keep_history_append_only(empty_engine: Engine, clock: object) -> None:
    migrate.upgrade(empty_engine)
    row = {"at": clock.now(), "root": "r", "leaves": 0, "previous": "p", "key_id": "k", "signature": "s"}  # type: ignore[attr-defined]
    with empty_engine.begin() as connection:
        connection.execute(insert(anchors).values(row))
    with pytest.raises(DBAPIError, match="append-only"), empty_engine.begin() as connection:
        connection.execute(update(anchors).values(root="other"))


def test_many_processes_may_upgrade_at_once(empty_url: str) -> None:
    program = (
        "import sys; from engine.storage import migrate; from engine.storage.unit_of_work import open_engine; "
        "migrate.upgrade(open_engine(sys.argv[1]))"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, empty_url]) for _ in range(3)]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    engine = open_engine(empty_url)
    assert migrate.differences(engine) == []
    engine.dispose()
