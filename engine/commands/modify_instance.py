"""Moves a request by hand: cancels tokens, activates elements, corrects variables; an intervention with a reason."""

from collections.abc import Sequence
from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view
from engine.context import Context
from engine.errors import InvalidInput, WrongState
from engine.intervention import require_intervention, require_seen


def modify_instance(
    context: Context,
    actor: Actor,
    instance_id: str,
    reason: str,
    *,
    activate: Sequence[str] = (),
    cancel: Sequence[str] = (),
    variables: dict[str, Any] | None = None,
    seen: int | None = None,
) -> dict[str, Any]:
    """Cancels the tokens `cancel`, puts tokens before the elements `activate`, sets `variables`, and runs on.

    Old and new values stand in the history.

    Raises:
        NotFound, Forbidden. InvalidInput: no reason, or an unknown element or token. WrongState: the request ended.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)
        require_seen(change, seen)

        if change.state.status not in ("running", "incident"):
            raise WrongState(f"Expected a running request, but it is {change.state.status}.")
        known = change.deployed.diagram.main.nodes
        errors = [{"field": "activate", "message": f"Elemen tidak dikenal: {one}"} for one in activate
                  if one not in known]
        errors += [{"field": "cancel", "message": f"Token tidak dikenal: {one}"} for one in cancel
                   if one not in change.state.tokens]
        if errors:
            raise InvalidInput("Expected elements and tokens of this request, but some are unknown.", errors)

        old = {name: change.state.variables.get(name) for name in variables or {}}
        change.execution.record(
            "instance_modified", None, reason=reason.strip(), activate=list(activate), cancel=list(cancel),
            variables=variables or {}, was=old,
        )  # fmt: skip
        change.execution.modify(activate=list(activate), cancel=list(cancel), variables=variables or {})
        return instance_view(change)
