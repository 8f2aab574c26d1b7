"""Claims a task: the actor becomes its assignee."""

from typing import Any

from engine.assignment import Actor, may_claim
from engine.change import change_by_task, task_view
from engine.context import Context
from engine.errors import Conflict, Forbidden
from engine.task_access import open_task, require_etag


def claim_task(context: Context, actor: Actor, task_id: str, *, if_match: str | None = None) -> dict[str, Any]:
    """Makes the actor the assignee of an open task of one of the actor's lanes; claiming twice changes nothing.

    Raises:
        NotFound, WrongState, Forbidden, PreconditionFailed. Conflict: somebody else claimed it first.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)
        require_etag(task, if_match)

        if not may_claim(actor, change.row.task_role, task.assignee):
            raise Forbidden(f"Expected a member of '{change.row.task_role}' to claim task {task_id}.")
        if task.assignee not in (None, actor.person_id):
            raise Conflict(f"Expected task {task_id} to be free, but somebody else claimed it first.")

        if task.assignee is None:
            change.execution.record("task_claimed", task.element_id, token=task.token, assignee=actor.person_id)
        return task_view(change, task.token, change.state.tasks()[task.token])
