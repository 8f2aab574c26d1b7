"""Cancels a running request: an intervention with a reason."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view
from engine.context import Context
from engine.errors import WrongState
from engine.intervention import require_intervention


def cancel_instance(context: Context, actor: Actor, instance_id: str, reason: str) -> dict[str, Any]:
    """Ends the request; its open tasks, timers and waits are cancelled.

    Raises:
        NotFound, Forbidden. InvalidInput: no reason. WrongState: the request is not in a state for it.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)

        if change.state.status not in ('running', 'suspended', 'incident'):
            raise WrongState(f"Expected a request that has not ended, but it is {change.state.status}.")

        change.execution.cancel(reason.strip())
        return instance_view(change)
