"""SELECTs of the hot path: compiled once by SQLAlchemy, run by the driver itself.

SQLAlchemy's preparation and unpacking of a statement costs several times what SQLite needs for the row, and on
PostgreSQL about what the round trip costs. Types are still SQLAlchemy's: each value passes its column's processors.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Select

from engine.storage.unit_of_work import driver

Process = Callable[[Any], Any] | None


class _Made(NamedTuple):
    sql: str
    given: tuple[tuple[str, Process], ...]
    positional: bool
    taken: tuple[tuple[int, Callable[[Any], Any]], ...]
    row: Callable[[Any], Any]


class Prepared:
    """One SELECT whose values come by name; without lists, which would make its text vary."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._made: dict[str, _Made] = {}

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[Any]:
        """Every row, as a named tuple of the statement's columns."""
        made = self._made.get(connection.dialect.name)
        if made is None:
            made = self._made[connection.dialect.name] = _make(self._statement, connection.dialect)
        bound = {name: process(values[name]) if process else values[name] for name, process in made.given}
        found = driver(connection).execute(made.sql, tuple(bound.values()) if made.positional else bound)
        return [made.row(_processed(row, made.taken)) for row in found.fetchall()]

    def row(self, connection: Connection, values: Mapping[str, Any]) -> Any | None:
        """The first row, or None."""
        rows = self.rows(connection, values)
        return rows[0] if rows else None


def _processed(row: tuple[Any, ...], taken: tuple[tuple[int, Callable[[Any], Any]], ...]) -> list[Any]:
    values = list(row)
    for index, process in taken:
        values[index] = process(values[index])
    return values


def _make(statement: Select[Any], dialect: Dialect) -> _Made:
    compiled = statement.compile(dialect=dialect)
    columns = list(statement.selected_columns)
    processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]
    given = (
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or compiled.params
    )
    return _Made(
        str(compiled), tuple(given), bool(compiled.positional),
        tuple((index, process) for index, process in enumerate(processors) if process),
        row._make,
    )  # fmt: skip
