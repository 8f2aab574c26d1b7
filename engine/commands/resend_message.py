"""Makes a dead letter pending again."""

from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.people import require_administrator
from engine.storage.history import append_administration
from engine.storage.outbox import revive


def resend_message(context: Context, actor: Actor | None, outbox_id: str) -> None:
    """Sends a dead letter again, from the first attempt. Raises Forbidden, NotFound."""
    require_administrator(actor)
    with context.database.write() as connection:
        if not revive(connection, outbox_id, context.clock.now()):
            raise NotFound(f"Expected a dead letter '{outbox_id}', but there is none.")
        append_administration(connection, actor, "message_resent", {"outbox_id": outbox_id}, context.clock.now())
