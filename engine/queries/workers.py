"""Queues and workers as operators watch them: when workers last looked, which timers and jobs wait longest."""

from typing import Any

from sqlalchemy import Row, select, tuple_

from engine.assignment import CONFIDENTIAL, Actor
from engine.context import Context
from engine.history.chain import moment
from engine.people import require_administrator
from engine.queries.cursor import decode, page_of
from engine.storage.tables import definitions, instances, tasks
from engine.storage.ticks import ticks

SHOWN = 20


def list_workers(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """Each job of each worker process with its last look, in seconds before now too. Raises Forbidden."""
    require_administrator(actor)
    now = context.wall.now()
    with context.database.read() as connection:
        return [
            {
                "job": row.job, "worker": row.worker, "at": moment(row.at), "settled": row.settled, "error": row.error,
                "seconds_ago": max(0, int((now - row.at).total_seconds())),
            }
            for row in ticks(connection)
        ]  # fmt: skip


def due_timers(context: Context, actor: Actor | None) -> list[dict[str, Any]]:
    """The requests whose earliest timer is due, the longest waiting first, at most `SHOWN`. Raises Forbidden."""
    require_administrator(actor)
    query = (
        select(instances.c.id, instances.c.registration_number, instances.c.next_due_at, definitions.c.name)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(instances.c.next_due_at <= context.clock.now(), instances.c.confidentiality != CONFIDENTIAL)
        .order_by(instances.c.next_due_at, instances.c.id)
        .limit(SHOWN)
    )
    with context.database.read() as connection:
        return [
            {
                "instance_id": row.id, "registration_number": row.registration_number, "name": row.name,
                "due_at": moment(row.next_due_at),
            }
            for row in connection.execute(query)
        ]  # fmt: skip


def list_jobs(
    context: Context, actor: Actor | None, *, limit: int = 25, cursor: str | None = None
) -> dict[str, Any]:
    """One page of open jobs for external workers, by type: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    query = (
        select(tasks, instances.c.registration_number)
        .join(instances, instances.c.id == tasks.c.instance_id)
        .where(tasks.c.kind == "job", tasks.c.status == "open", instances.c.confidentiality != CONFIDENTIAL)
        .order_by(tasks.c.role, tasks.c.id)
        .limit(limit + 1)
    )
    if cursor:
        query = query.where(tuple_(tasks.c.role, tasks.c.id) > tuple_(*decode(cursor, str, str)))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.role, row.id), _job)


def _job(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id, "instance_id": row.instance_id, "registration_number": row.registration_number,
        "type": row.role, "name": row.name, "worker": row.worker, "retries": row.retries,
        "opened_at": moment(row.opened_at), "lease_until": moment(row.lease_until) if row.lease_until else None,
    }  # fmt: skip
