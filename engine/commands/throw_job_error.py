"""A worker reports a BPMN error: a boundary event or event subprocess catches it, else it is an incident."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_by_task, instance_view
from engine.context import Context
from engine.job_access import open_job


def throw_job_error(context: Context, actor: Actor, job_id: str, code: str, *, message: str = "") -> dict[str, Any]:
    """Ends a job with the error `code`. Raises Forbidden, NotFound, WrongState."""
    with change_by_task(context, actor, job_id) as change:
        job = open_job(change, actor, job_id)

        change.execution.throw_error(job.token, code, message)
        return instance_view(change)
