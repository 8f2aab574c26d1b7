"""Retries what an incident stopped, after its cause was cured; an intervention with a reason."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view
from engine.context import Context
from engine.errors import NotFound, WrongState
from engine.intervention import require_intervention, require_seen


def retry_instance(
    context: Context,
    actor: Actor,
    instance_id: str,
    reason: str,
    *,
    token: str | None = None,
    variables: dict[str, Any] | None = None,
    seen: int | None = None,
) -> dict[str, Any]:
    """Runs the stopped token (or all of them) again, after correcting `variables` (old and new values are recorded).

    Raises:
        NotFound: no such instance or incident. Forbidden. InvalidInput: no reason. WrongState: there is no incident.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)
        require_seen(change, seen)
        stopped = {incident.token for incident in change.state.incidents()}

        if not stopped:
            raise WrongState("Expected a request with an incident, but this one has none.")
        if token is not None and token not in stopped:
            raise NotFound(f"Expected an incident at token '{token}', but there is none.")

        if variables:
            old = {name: change.state.variables.get(name) for name in variables}
            change.execution.record("variables_changed", None, variables=variables, was=old, reason=reason.strip())
        for stuck in sorted(stopped if token is None else {token}, key=int):
            change.execution.record("incident_retried", None, token=stuck, reason=reason.strip())
            change.execution.retry(stuck)
        return instance_view(change)
