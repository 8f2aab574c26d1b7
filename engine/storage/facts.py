"""What reports count: one row per completed task and per ended request, reckoned once from tasks and history.

A projection: everything here can be deleted and reckoned again. Commands never write it on the way of a request; the
`summarise` job does, a moment later.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, func, select, text
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.tables import agencies, definitions, instances, request_facts, task_facts, tasks

_completed = text("tasks.status = 'completed'")  # as written in the index ix_tasks_completed
_ended = text("instances.ended_at IS NOT NULL")  # as written in the index ix_instances_ended


def newest_facts(connection: Connection) -> tuple[datetime | None, datetime | None]:
    """The newest completion of a task and the newest end of a request that have been reckoned."""
    done = connection.execute(select(func.max(task_facts.c.completed_at))).scalar()
    ended = connection.execute(select(func.max(request_facts.c.ended_at))).scalar()
    return done, ended


def tasks_to_reckon(connection: Connection, since: datetime | None, limit: int) -> Sequence[Row[Any]]:
    """Completed tasks of people that have no facts yet, oldest first; only those completed at or after `since`."""
    query = (
        select(
            tasks.c.id, tasks.c.instance_id, tasks.c.element_id, tasks.c.role, tasks.c.opened_at, tasks.c.due_at,
            tasks.c.completed_at, instances.c.definition_id, instances.c.agency_id, agencies.c.zone,
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .where(_completed, tasks.c.kind == "user")
        .where(~select(task_facts.c.task_id).where(task_facts.c.task_id == tasks.c.id).exists())
        .order_by(tasks.c.completed_at)
        .limit(limit)
    )  # fmt: skip
    return connection.execute(_since(query, tasks.c.completed_at, since)).all()


def requests_to_reckon(connection: Connection, since: datetime | None, limit: int) -> Sequence[Row[Any]]:
    """Ended requests that have no facts yet, oldest first; only those ended at or after `since`."""
    query = (
        select(
            instances.c.id, instances.c.definition_id, instances.c.agency_id, instances.c.status,
            instances.c.started_at, instances.c.ended_at, agencies.c.zone, definitions.c.key,
        )
        .join(agencies, agencies.c.id == instances.c.agency_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(_ended)
        .where(~select(request_facts.c.instance_id).where(request_facts.c.instance_id == instances.c.id).exists())
        .order_by(instances.c.ended_at)
        .limit(limit)
    )  # fmt: skip
    return connection.execute(_since(query, instances.c.ended_at, since)).all()


def _since(query: Select[Any], column: Any, since: datetime | None) -> Select[Any]:
    return query if since is None else query.where(column >= since)


def tasks_of(connection: Connection, instance_id: str) -> Sequence[Row[Any]]:
    """When each task of a request was open, whose it was, and when it was due."""
    columns = (tasks.c.role, tasks.c.status, tasks.c.opened_at, tasks.c.completed_at, tasks.c.due_at)
    query: Select[Any] = select(*columns).where(tasks.c.instance_id == instance_id, tasks.c.kind == "user")
    return connection.execute(query).all()


def insert_task_facts(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Stores facts of tasks; those that another worker stored meanwhile stay."""
    _insert_new(connection, task_facts, rows)


def insert_request_facts(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Stores facts of requests; those that another worker stored meanwhile stay."""
    _insert_new(connection, request_facts, rows)


def _insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if rows:
        connection.execute(make(table).on_conflict_do_nothing(), list(rows))
