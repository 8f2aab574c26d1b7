"""Stores one step of an instance: its row, its tasks and its history. The hot path of every command on a request.

PostgreSQL takes all three in one statement, since a round trip costs more than the work; SQLite, which has no round
trips, takes one after the other. The row is written only while it still has the version that was read; otherwise
nothing is. The SQL is text made once, here, and handed to the driver: SQLAlchemy's preparation of each statement would
cost more than SQLite's own work.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql

from engine.errors import Overtaken
from engine.storage.tables import history, tasks
from engine.storage.unit_of_work import driver

Rows = Sequence[Mapping[str, Any]]
TASK = (
    "id", "instance_id", "kind", "element_id", "name", "lane", "form_key", "role", "status", "assignee_id",
    "opened_at", "due_at", "due_key", "completed_at", "completed_by", "confidentiality", "retries",
    "announced",
)  # fmt: skip
ENTRY = tuple(column.name for column in history.columns)
_RE_TIMED = ("status", "assignee_id", "due_at", "due_key", "completed_at", "completed_by", "retries")


def needs_transaction(connection: Connection) -> bool:
    """Whether `record` writes with several statements here; one alone stands or falls by itself."""
    return connection.dialect.name != "postgresql"


def record(
    connection: Connection, instance_id: str, version: int, values: Mapping[str, Any], task_rows: Rows, entries: Rows
) -> None:
    """Writes `values` over the instance row of `version` and counts it up; adds tasks and history entries.

    Args:
        values: the columns that got another value; SQLite writes an index again for every column named, changed or not.
        task_rows: the tasks that were opened, closed, assigned or re-timed, with all columns of `TASK`.
        entries: sealed history rows, at least one, with all columns of `ENTRY`.

    Raises:
        Overtaken: the row has another version by now; nothing is stored.
    """
    names = tuple(values)
    if not needs_transaction(connection):
        given = {**values, "id": instance_id, "version": version}
        documents = {"tasks": _document(task_rows), "history": _document(entries)}
        if driver(connection).execute(_at_once(names), given | documents).rowcount != len(entries):
            raise _overtaken()
        return
    sqlite = driver(connection)
    if sqlite.execute(_move(names), (*_bound(values, names), instance_id, version)).rowcount != 1:
        raise _overtaken()
    for some in _portions(task_rows):
        sqlite.execute(_work(len(some)), [value for row in some for value in _bound(row, TASK)])
    for some in _portions(entries):
        sqlite.execute(_tell(len(some)), [value for row in some for value in _bound(row, ENTRY)])


def _overtaken() -> Overtaken:
    return Overtaken("Expected nobody else to change this request meanwhile, but somebody did; read it again.")


def _portions(rows: Rows) -> Iterator[Rows]:
    """The rows by at most `PORTION`: of every number there is one text, which the driver keeps prepared."""
    return (rows[start : start + PORTION] for start in range(0, len(rows), PORTION))


# --- SQL: names and placeholders are ours, values are bound ---------------------------------------------------------


def _typed(table: Table, columns: Sequence[str]) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    return ", ".join(f"{name} {table.c[name].type.compile(dialect)}" for name in columns)


def _rows(columns: Sequence[str], count: int) -> str:
    return ", ".join(["(" + ", ".join("?" for _ in columns) + ")"] * count)


def _all(columns: Sequence[str], form: str) -> str:
    return ", ".join(form.format(name) for name in columns)


_CLOSED = _all(_RE_TIMED, "{0} = excluded.{0}") + ", draft = CASE WHEN excluded.status = 'open' THEN tasks.draft END"

PORTION = 32  # rows of one INSERT


@cache
def _move(names: tuple[str, ...]) -> str:
    return f"UPDATE instances SET {_all(names, '{} = ?')}, version = version + 1 WHERE id = ? AND version = ?"  # noqa: S608


@cache
def _work(rows: int) -> str:
    return (
        f"INSERT INTO tasks ({', '.join(TASK)}) VALUES {_rows(TASK, rows)} "  # noqa: S608
        f"ON CONFLICT (id) DO UPDATE SET {_CLOSED}"
    )


@cache
def _tell(rows: int) -> str:
    return f"INSERT INTO history ({', '.join(ENTRY)}) VALUES {_rows(ENTRY, rows)}"  # noqa: S608


@cache
def _at_once(names: tuple[str, ...]) -> str:
    """PostgreSQL: the same three as one, the rows as JSON, hanging on the row that was moved."""
    return f"""
WITH moved AS (
    UPDATE instances SET {_all(names, "{0} = %({0})s")}, version = version + 1
    WHERE id = %(id)s AND version = %(version)s RETURNING id
), worked AS (
    INSERT INTO tasks ({", ".join(TASK)}) SELECT {_all(TASK, "t.{}")}
    FROM moved, json_to_recordset(%(tasks)s) AS t ({_typed(tasks, TASK)})
    ON CONFLICT (id) DO UPDATE SET {_CLOSED}
)
INSERT INTO history ({", ".join(ENTRY)}) SELECT {_all(ENTRY, "h.{}")}
FROM moved, json_to_recordset(%(history)s) AS h ({_typed(history, ENTRY)})
"""  # noqa: S608

# --- values ---------------------------------------------------------------------------------------------------------

_document = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=datetime.isoformat).encode


def _bound(row: Mapping[str, Any], columns: Sequence[str]) -> tuple[Any, ...]:
    """The row's values in order, moments as `UtcDateTime` keeps them on SQLite."""
    return tuple(_text(value) if isinstance(value, datetime) else value for value in map(row.__getitem__, columns))


def _text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
