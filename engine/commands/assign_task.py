"""Assigns a task to a member of its lane."""

from typing import Any

from engine.assignment import Actor, may_be_assigned, may_hand_over, needs_reason_to_hand_over
from engine.change import change_by_task, task_view
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.storage.people import actor_by_username
from engine.task_access import open_task, require_etag


def assign_task(
    context: Context, actor: Actor, task_id: str, username: str, *, reason: str = "", if_match: str | None = None
) -> dict[str, Any]:
    """Makes `username`, a member of the lane, the assignee; an administrator needs a reason.

    Raises:
        NotFound: no such task or person. WrongState, PreconditionFailed. Forbidden: the actor may not hand it over,
        or the person is no member of the lane. InvalidInput: the reason is missing.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)
        require_etag(task, if_match)
        target = actor_by_username(change.connection, username, change.now)

        row = change.row
        if not may_hand_over(actor, task.assignee, row.confidentiality, row.superior_role):
            raise Forbidden(f"Expected the assignee, the lane's superior or an administrator to assign task {task_id}.")
        if not may_be_assigned(target, row.task_role):
            raise Forbidden(f"Expected a member of '{row.task_role}', but {username} is none.")
        if needs_reason_to_hand_over(actor, task.assignee, row.superior_role) and not reason.strip():
            raise InvalidInput("Expected a reason for an administrator's intervention, but none came.",
                               [{"field": "reason", "message": "Wajib diisi."}])

        change.execution.record(
            "task_assigned", task.element_id, token=task.token, assignee=target.person_id, was=task.assignee,
            reason=reason,
        )  # fmt: skip
        return task_view(change, task.token, change.state.tasks()[task.token])
