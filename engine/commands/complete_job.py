"""A worker finished a job."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_by_task, instance_view
from engine.context import Context
from engine.job_access import open_job


def complete_job(context: Context, actor: Actor, job_id: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Completes a job with its results and runs the instance on. Raises Forbidden, NotFound, WrongState."""
    with change_by_task(context, actor, job_id) as change:
        job = open_job(change, actor, job_id)

        change.execution.complete_job(job.token, variables)
        return instance_view(change)
