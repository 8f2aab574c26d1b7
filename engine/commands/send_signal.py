"""Broadcasts a signal: every waiting instance takes it, and every definition that begins with it is started."""

from typing import Any

from engine.assignment import Actor, may_send_events
from engine.context import Context
from engine.delivery import broadcast
from engine.errors import Forbidden


def send_signal(context: Context, actor: Actor, name: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Delivers signal `name` to all that wait for it, in one transaction.

    Returns:
        `{"delivered": ids of instances that took it, "started": ids of instances it started}`; both may be empty.

    Raises:
        Forbidden: the actor may not send events.
    """
    if not may_send_events(actor):
        raise Forbidden("Expected a connected system or an administrator to send signals.")
    with context.database.write() as connection:
        return broadcast(context, connection, actor, name, variables)
