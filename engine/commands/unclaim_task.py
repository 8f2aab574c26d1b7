"""Gives a claimed task back to its lane."""

from typing import Any

from engine.assignment import Actor, may_complete
from engine.change import change_by_task, task_view
from engine.context import Context
from engine.errors import Forbidden, WrongState
from engine.task_access import open_task, require_etag


def unclaim_task(context: Context, actor: Actor, task_id: str, *, if_match: str | None = None) -> dict[str, Any]:
    """Takes the assignee off a task, so that every member of the lane can claim it.

    Raises:
        NotFound, Forbidden, PreconditionFailed. WrongState: nobody holds it, or it is the applicant's own.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)
        require_etag(task, if_match)

        if task.assignee is None:
            raise WrongState(f"Expected a claimed task, but nobody holds task {task_id}.")
        if not may_complete(actor, change.row.task_role, task.assignee):
            raise Forbidden(f"Expected the assignee to give back task {task_id}, but it lies with somebody else.")
        if change.facts(task).applicants and task.assignee == change.row.applicant_id:
            raise WrongState("Expected a task of a lane with several members, but this one is the applicant's own.")

        change.execution.record("task_unclaimed", task.element_id, token=task.token, was=task.assignee)
        return task_view(change, task.token, change.state.tasks()[task.token])
