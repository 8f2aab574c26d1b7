"""Fills a database with copies of one waiting request, so that a million of them take seconds.

A copy has its own id, registration number and task; its history is left out: nothing measured here reads it.
"""

from typing import Any
from uuid import uuid4

from sqlalchemy import CTE, ColumnElement, Connection, Select, String, Table, cast, insert, literal, select

from engine.storage.tables import instances, tasks

FIRST = 10**9  # makes every number ten digits long


def clone(connection: Connection, template: str, count: int, **overrides: Any) -> None:
    """Adds `count` copies of the instance `template` and of its tasks; `overrides` are columns of `instances`."""
    start = select(literal(1).label("i")).cte("numbers", recursive=True)
    numbers = start.union_all(select(start.c.i + 1).where(start.c.i < count))
    identity = literal(uuid4().hex[:22]) + cast(numbers.c.i + FIRST, String)
    fixed = {"id": identity, "registration_number": identity}
    fixed |= {name: literal(value, instances.c[name].type) for name, value in overrides.items()}
    _copy(connection, instances, fixed, instances.c.id == template, numbers)
    token = select(tasks.c.id).where(tasks.c.instance_id == template)
    for task_id in connection.execute(token).scalars().all():
        suffix = task_id.removeprefix(template)
        renamed = {"id": identity + suffix, "instance_id": identity}
        _copy(connection, tasks, renamed, tasks.c.id == task_id, numbers)


def _copy(
    connection: Connection, table: Table, fixed: dict[str, Any], which: ColumnElement[bool], numbers: CTE
) -> None:
    values = {column.name: fixed.get(column.name, column) for column in table.c}
    rows: Select[Any] = select(*values.values()).select_from(table.join(numbers, literal(value=True))).where(which)
    connection.execute(insert(table).from_select(list(values), rows))


def analyze(connection: Connection) -> None:
    """Renews the planner's statistics, as PostgreSQL does by itself some time after a million rows came."""
    connection.exec_driver_sql("ANALYZE")
