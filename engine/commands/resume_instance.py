"""Resumes a suspended request, its deadlines by the newest calendar; what came due meanwhile fires at the next tick."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view
from engine.context import Context
from engine.errors import WrongState
from engine.intervention import require_intervention


def resume_instance(context: Context, actor: Actor, instance_id: str, reason: str) -> dict[str, Any]:
    """Resumes the request.

    Raises:
        NotFound, Forbidden. InvalidInput: no reason. WrongState: the request is not in a state for it.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)

        if change.state.status not in ('suspended',):
            raise WrongState(f"Expected a request that is suspended, but it is {change.state.status}.")

        change.execution.record("instance_resumed", reason=reason.strip())
        change.execution.recompute()  # the calendar may have changed, and the worker may not have come here yet
        return instance_view(change)
