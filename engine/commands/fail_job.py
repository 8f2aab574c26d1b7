"""A worker could not do a job; without retries left it becomes an incident."""

from typing import Any

from engine.assignment import Actor
from engine.change import change_by_task, instance_view
from engine.context import Context
from engine.job_access import open_job
from engine.storage.jobs import release_job


def fail_job(
    context: Context, actor: Actor, job_id: str, message: str, *, retries: int | None = None
) -> dict[str, Any]:
    """Gives a job back; `retries` left, by default one fewer. Raises Forbidden, NotFound, WrongState."""
    with change_by_task(context, actor, job_id) as change:
        job = open_job(change, actor, job_id)

        change.execution.fail_job(job.token, message, retries)
        release_job(change.connection, job_id)
        return instance_view(change)
