"""Moves a running request to another version of its definition; an intervention with a reason."""

from collections.abc import Mapping
from typing import Any

from engine.assignment import Actor
from engine.change import change_instance, instance_view, newest_deployed
from engine.context import Context
from engine.errors import WrongState
from engine.intervention import require_intervention, require_seen
from engine.storage.instances import rename_task


def migrate_instance(
    context: Context,
    actor: Actor,
    instance_id: str,
    version: int,
    reason: str,
    *,
    mapping: Mapping[str, str] | None = None,
    seen: int | None = None,
) -> dict[str, Any]:
    """Continues the request on `version`; `mapping` says which element replaces which, equal ids map by themselves.

    Raises:
        NotFound: no such instance or version. Forbidden. InvalidInput: no reason, or an open element has no
        counterpart. WrongState: the request ended or is on that version already.
    """
    with change_instance(context, actor, instance_id) as change:
        require_intervention(change, actor, reason)
        require_seen(change, seen)
        target = newest_deployed(context, change.connection, change.deployed.key, version)

        if change.state.status in ("completed", "cancelled"):
            raise WrongState(f"Expected a running request, but it is {change.state.status}.")
        if target.id == change.deployed.id:
            raise WrongState(f"Expected another version than {version}, but the request is on it already.")

        change.migrate(target, dict(mapping or {}), reason.strip())
        for token, task in change.state.tasks().items():
            if task.kind == "user":
                facts = change.facts(task)
                rename_task(
                    change.writer, change.task_id(token), element_id=task.element_id, name=facts.name, lane=facts.lane,
                    form_key=facts.form_key, role=facts.role,
                )  # fmt: skip
        return instance_view(change)
