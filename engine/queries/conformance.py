"""Whether a request follows its drawing so far, judged now: also of one that still runs. Reads only."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.diagram.model import Process
from engine.history.conformance import deviations
from engine.history.export import event_of
from engine.queries.sop import deployed_version
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.definitions import find_id


def conformance(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """`{conformant, entries, deviations[]}` of the history as it is now; deviations as reports keep them.

    Raises:
        NotFound: no such request, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        entries = history.entries(connection, instance_id)

        def process_of(version: int) -> Process:
            return deployed_version(context, connection, find_id(connection, row.key, version)).diagram.main

        found = deviations(entries, event_of(entries[0]).data["version"], process_of)
    return {"conformant": not found, "entries": len(entries), "deviations": [one.to_dict() for one in found]}
