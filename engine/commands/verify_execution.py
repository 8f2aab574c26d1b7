"""Verifies one history by running its inputs again on a fresh engine. Writes nothing."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.reexecution import reexecute
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.verification import check_instance


def verify_execution(context: Context, actor: Actor, instance_id: str) -> dict[str, Any]:
    """As `verify_instance`, plus `execution`: "agrees", or the first divergence at its entry.

    A history whose chain is broken is not executed: its inputs cannot be trusted.

    Raises:
        NotFound: no such instance, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        verdict = check_instance(connection, instance_id)
        if any(problem["kind"] in ("changed", "missing", "inserted") for problem in verdict["problems"]):
            return verdict | {"execution": "not_run"}
        found = reexecute(context, connection, row.agency_id, history.entries(connection, instance_id))
    if found is None:
        return verdict | {"execution": "agrees"}
    return verdict | {"valid": False, "execution": found.to_dict()}
