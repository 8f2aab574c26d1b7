"""Whole databases in and out: SQLite by its online backup, PostgreSQL table by table in one snapshot.

A PostgreSQL dump is a sequence of (table, rows as JSON lines); it restores into an empty, migrated database. Never used
on the way of a request.
"""

import base64
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, func, insert, select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.types import TypeDecorator

from engine.errors import InvalidInput, StorageUnavailable, WrongState
from engine.storage.tables import metadata

ROWS = 500  # per INSERT


def back_up_sqlite(source: Path, target: Path) -> None:
    """Copies a SQLite database while others write to it; `target` is complete and consistent.

    Raises:
        StorageUnavailable: one of the two cannot be opened, or is no database.
    """
    try:
        with closing(_opened(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
    except sqlite3.Error as error:
        raise StorageUnavailable(f"Expected a SQLite database {source} to copy to {target}, but: {error}.") from error


def is_sound_sqlite(path: Path) -> bool:
    """Whether the file is a whole database of Alur's."""
    try:
        with closing(_opened(path)) as copy:
            names = {row[0] for row in copy.execute("SELECT name FROM sqlite_master")}
            whole = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            return whole and {"alembic_version", "history", "instances"} <= names
    except sqlite3.Error:
        return False


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def table_names() -> list[str]:
    """Every table, in the order in which they can be restored."""
    return [table.name for table in metadata.sorted_tables]


def dump_tables(engine: Engine) -> Iterator[tuple[str, Iterator[str]]]:
    """Every table in the order in which it can be restored, its rows as JSON lines, all of one snapshot.

    Raises:
        StorageUnavailable: the database cannot be reached.
    """
    try:
        with engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            for table in metadata.sorted_tables:
                yield table.name, _lines(connection, table)
    except OperationalError as error:
        address = engine.url.render_as_string(hide_password=True)
        raise StorageUnavailable(f"Expected a database at {address} to back up, but: {error.orig}.") from error


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    order = list(table.primary_key.columns)
    for row in connection.execution_options(yield_per=ROWS).execute(select(table).order_by(*order)):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """A value as JSON: moments and days as ISO text, bytes as base64; a column's type says how to read it back."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def load_tables(engine: Engine, dumped: Iterable[tuple[str, Iterable[str]]]) -> dict[str, int]:
    """Restores a dump into a migrated database without rows, in one transaction; returns the rows per table.

    Raises:
        WrongState: the database is not empty. InvalidInput: the dump is damaged, or of another schema.
    """
    try:
        with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if connection.execute(select(func.count()).select_from(table)).scalar_one():
                    raise WrongState(f"Expected an empty database to restore into, but {table.name} has rows.")
            counts = {name: _load(connection, metadata.tables[name], lines) for name, lines in dumped}
            _advance_sequences(connection)
    except (ValueError, TypeError, DataError, IntegrityError) as error:
        why = str(error).partition("\n")[0][:200]
        raise InvalidInput(f"Expected rows of a backup, but they cannot be read: {why}; nothing is stored.") from error
    return counts


def _load(connection: Connection, table: Table, lines: Iterable[str]) -> int:
    columns = list(table.columns)
    count = 0
    batch: list[dict[str, Any]] = []
    for line in lines:
        batch.append(_row(columns, json.loads(line)))
        if len(batch) == ROWS:
            connection.execute(insert(table), batch)
            count, batch = count + len(batch), []
    if batch:
        connection.execute(insert(table), batch)
    return count + len(batch)


def _row(columns: Sequence[Column[Any]], values: Sequence[Any]) -> dict[str, Any]:
    return {column.name: _typed(column, value) for column, value in zip(columns, values, strict=True)}


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    declared = column.type
    kind = (declared.impl_instance if isinstance(declared, TypeDecorator) else declared).python_type
    if kind is bytes:
        return base64.b64decode(value)
    if kind is datetime:
        return datetime.fromisoformat(value).astimezone(UTC)
    return date.fromisoformat(value) if kind is date else value


def _advance_sequences(connection: Connection) -> None:
    """PostgreSQL's sequences stand before the restored ids; SQLite numbers by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and column.type.python_type is int:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            highest = select(func.coalesce(func.max(column), 0) + 1).scalar_subquery()
            connection.execute(select(func.setval(sequence, highest, False)).where(sequence.is_not(None)))
