"""Tells performers of tasks that opened: one mail per task and performer, long after the click that opened it."""

from engine.context import Context
from engine.notices import messages_for
from engine.storage.outbox import enqueue_messages
from engine.storage.unannounced import claim_unannounced

BATCH = 200


def announce_tasks(context: Context) -> int:
    """Queues the messages of up to 200 newly opened tasks; returns how many tasks were announced."""
    with context.database.write() as connection:
        rows = claim_unannounced(connection, BATCH)
        for row in rows:
            if row.status != "open" or row.kind != "user":
                continue
            token = row.id.removeprefix(f"{row.instance_id}-")
            effect = {"type": "task_opened", "element_id": row.element_id, "token": token}
            messages = messages_for(context, connection, row.id, row.instance_id, effect)
            enqueue_messages(connection, messages, row.instance_id, context.clock.now())
    return len(rows)
