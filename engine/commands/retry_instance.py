"""Retries what an incident stopped, after its cause was cured; an intervention with a reason."""

from collections.abc import Sequence
from typing import Any

from engine.assignment import Actor
from engine.change import Change, change_instance, instance_view
from engine.context import Context
from engine.errors import NotFound, WrongState
from engine.intervention import require_intervention, require_seen
from engine.model import ROOT


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

    They are corrected where the stopped token sees them: in the called process or the instance of a loop it stands in,
    when they are defined there.

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

        chosen = sorted(stopped if token is None else {token}, key=int)
        if variables:
            _correct(change, chosen, variables, reason.strip())
        for stuck in chosen:
            change.execution.record("incident_retried", None, token=stuck, reason=reason.strip())
            change.execution.retry(stuck)
        return instance_view(change)


def _correct(change: Change, tokens: Sequence[str], variables: dict[str, Any], reason: str) -> None:
    state = change.state
    for scope in dict.fromkeys(state.inside(token) for token in tokens):
        seen = state.visible(scope)
        where = {} if scope == ROOT else {"scope": scope}
        old = {name: seen.get(name) for name in variables}
        change.execution.record("variables_changed", None, **where, variables=variables, was=old, reason=reason)
