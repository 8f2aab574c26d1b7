"""Disposition: hands a task to another person with an instruction."""

from typing import Any

from engine.assignment import Actor, may_be_delegated, may_claim, may_hand_over, needs_reason_to_hand_over
from engine.change import change_by_task, task_view
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.storage.people import actor_by_username
from engine.task_access import open_task, require_etag


def delegate_task(
    context: Context, actor: Actor, task_id: str, username: str, instruction: str, *, if_match: str | None = None
) -> dict[str, Any]:
    """Hands `task_id` to `username` with an instruction (disposisi); the instruction is an administrator's reason too.

    Raises:
        NotFound: no such task or person. WrongState, PreconditionFailed. Forbidden: the actor may not hand it over,
        or the person may not receive it. InvalidInput: the instruction is missing.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)
        require_etag(task, if_match)
        target = actor_by_username(change.connection, username, change.now)

        row = change.row
        in_lane = task.assignee is None and may_claim(actor, row.task_role, None)
        if not in_lane and not may_hand_over(actor, task.assignee, row.confidentiality, row.superior_role):
            raise Forbidden(f"Expected the assignee or the lane's superior to delegate task {task_id}.")
        if not may_be_delegated(target, row.task_role, row.confidentiality):
            raise Forbidden(f"Expected somebody who may work on task {task_id}, but {username} may not.")
        if needs_reason_to_hand_over(actor, task.assignee, row.superior_role) and not instruction.strip():
            raise InvalidInput("Expected an instruction, but none came.",
                               [{"field": "instruction", "message": "Wajib diisi."}])

        change.execution.record(
            "task_delegated", task.element_id, token=task.token, assignee=target.person_id, was=task.assignee,
            instruction=instruction,
        )  # fmt: skip
        return task_view(change, task.token, change.state.tasks()[task.token])
