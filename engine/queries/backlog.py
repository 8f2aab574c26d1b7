"""What waits to be done by the service itself: the figures an operator watches. Each is a count over a small index."""

from sqlalchemy import func, select

from engine.context import Context
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
