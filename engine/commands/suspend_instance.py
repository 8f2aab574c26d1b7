"""Suspends a request: its tasks cannot be completed and its timers do not fire until it is resumed."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view
from engine.context import Context
from engine.errors import WrongState
from engine.intervention import require_intervention


def suspend_instance(context: Context, actor: Actor, instance_id: str, reason: str) -> dict[str, Any]:
    """Suspends the request.

    Raises:
        NotFound, Forbidden. InvalidInput: no reason. WrongState: the request is not in a state for it.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)

        if change.state.status not in ('running', 'incident'):
            raise WrongState(f"Expected a request that is running or incident, but it is {change.state.status}.")

        change.execution.record("instance_suspended", reason=reason.strip(), was=change.state.status)
        return instance_view(change)
