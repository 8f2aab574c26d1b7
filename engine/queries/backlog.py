"""What waits to be done by the service itself: the figures an operator watches. Each is a count over a small index."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from engine.context import Context
from engine.history.chain import moment
from engine.storage.due import count_due
from engine.storage.tables import instances, outbox, tasks

_COUNTS = {
    "outbox_pending": select(func.count()).where(outbox.c.status == "pending"),
    "outbox_dead": select(func.count()).where(outbox.c.status == "dead"),
    "tasks_unannounced": select(func.count()).where(~tasks.c.announced),
    "incidents": select(func.count()).where(instances.c.status == "incident"),
}


def backlog(context: Context) -> dict[str, int]:
    """How many instances with due timers, unsent and dead messages, unannounced tasks and incidents there are."""
    with context.database.read() as connection:
        counts = {name: int(connection.execute(query).scalar_one()) for name, query in _COUNTS.items()}
        return counts | {"instances_due": count_due(connection, context.clock.now())}


def next_due(context: Context) -> datetime | None:
    """When the earliest armed timer of all instances is due; None when none is armed."""
    with context.database.read() as connection:
        return connection.execute(
            select(instances.c.next_due_at)
            .where(instances.c.next_due_at.is_not(None))
            .order_by(instances.c.next_due_at)
            .limit(1)
        ).scalar()


def open_tasks(context: Context) -> list[dict[str, Any]]:
    """Every open task of people: `{id, element_id, role, assignee_id, opened_at, due_at}`."""
    columns = (tasks.c.id, tasks.c.element_id, tasks.c.role, tasks.c.assignee_id, tasks.c.opened_at, tasks.c.due_at)
    with context.database.read() as connection:
        rows = connection.execute(select(*columns).where(tasks.c.status == "open", tasks.c.kind == "user")).all()
    return [
        dict(row._mapping) | {"opened_at": moment(row.opened_at), "due_at": row.due_at and moment(row.due_at)}
        for row in rows
    ]
