"""What tests begin with, made once per process: the schema as a file, seeded rows to put in, apps to hang a service on.

Each test still has a database of its own with nothing in it but what it asked for; only the making is not repeated.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, event, text

from api.app import create_app
from api.config import Config
from engine.context import Context
from engine.storage.schema import create_all
from engine.storage.tables import metadata
from engine.storage.unit_of_work import open_engine

Seed = Callable[[Context], object]
TABLES = [table.name for table in metadata.sorted_tables]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands in a database: tuples by table (those with any), and how far PostgreSQL's sequences are."""

    tables: dict[str, list[tuple[Any, ...]]]
    sequences: dict[str, int]


@dataclass(slots=True)
class Beginnings:
    """Of one test process; `folder` holds the schema's file."""

    folder: Path
    _rows: dict[tuple[Seed, str], Rows] = field(default_factory=dict)
    _apps: dict[frozenset[tuple[str, Any]], Flask] = field(default_factory=dict)

    def sqlite(self, path: Path) -> Engine:
        """A new SQLite database with the schema at `path`."""
        made = self.folder / "schema.db"
        if not made.exists():
            engine = open_engine(f"sqlite:///{made}")
            create_all(engine)
            engine.dispose()
        shutil.copyfile(made, path)
        engine = open_engine(f"sqlite:///{path}")
        event.listen(engine, "connect", _forget)
        return engine

    def seed(self, context: Context, seed: Seed) -> None:
        """Lets `seed` fill an empty database; from the second time on, puts in the same rows."""
        key = (seed, context.database.engine.dialect.name)
        if key in self._rows:
            with context.database.write() as connection:
                _put(connection, self._rows[key])
            return
        seed(context)
        with context.database.read() as connection:
            self._rows[key] = _taken(connection)

    def app(self, service: Context, **settings: Any) -> Flask:
        """An app with these settings over `service`; apps keep nothing of a service but the reference."""
        config = config_of(service, **settings)
        key = frozenset(settings.items())
        if key not in self._apps:
            self._apps[key] = create_app(config, service)
        app = self._apps[key]
        app.extensions["alur"] = service
        app.config["ALUR"] = config
        return app


def config_of(service: Context, **settings: Any) -> Config:
    """The settings of tests' apps, and what a test wants otherwise."""
    return Config(
        "sqlite://", "a secret of tests", service.settings.data_dir, demo=True, **{"test_clock": True, **settings}
    )


def empty(engine: Engine) -> None:
    """Empties every table of PostgreSQL, append-only ones too; to DELETE few rows is far quicker than to TRUNCATE."""
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("; ".join(f"DELETE FROM {name}" for name in TABLES)))
        connection.execute(text(
            "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) FROM pg_sequences "
            "WHERE last_value IS NOT NULL"
        ))  # fmt: skip


def _forget(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")  # no test pulls the plug; the drills of tests/soak have their own


def _taken(connection: Connection) -> Rows:
    read = {name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")] for name in TABLES}
    sequences = {}
    if connection.dialect.name == "postgresql":
        states = "SELECT format('%%I.%%I', schemaname, sequencename), last_value FROM pg_sequences"
        sequences = {name: at for name, at in connection.exec_driver_sql(states) if at is not None}
    return Rows({name: rows for name, rows in read.items() if rows}, sequences)


def _put(connection: Connection, rows: Rows) -> None:
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        "PRAGMA defer_foreign_keys=ON" if sqlite else "SET LOCAL session_replication_role = replica"
    )
    for name, tuples in rows.tables.items():
        places = ", ".join(["?" if sqlite else "%s"] * len(tuples[0]))
        connection.exec_driver_sql(f"INSERT INTO {name} VALUES ({places})", tuples)
    for name, at in rows.sequences.items():
        connection.exec_driver_sql("SELECT setval(%s, %s)", (name, at))
