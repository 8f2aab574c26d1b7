"""Verifies one history by running its inputs again on a fresh engine. Writes nothing."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.examining import examine
from engine.storage import history
from engine.storage.access import require_visible


def verify_execution(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """As `verify_instance`, plus `execution`: "agrees", or the first divergence at its entry.

    A history whose chain is broken is not executed: its inputs cannot be trusted.

    Raises:
        NotFound: no such instance, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        return examine(context, connection, instance_id, row.agency_id, history.entries(connection, instance_id))
