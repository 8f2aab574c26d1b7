"""What every command on a job checks first: that the actor is a worker and the job is open."""

from engine.assignment import Actor, may_work_jobs
from engine.change import Change
from engine.errors import Forbidden, NotFound, WrongState
from engine.model import OpenTask
from engine.task_access import closing


def open_job(change: Change, actor: Actor, job_id: str) -> OpenTask:
    """The open job behind a locked row. Raises Forbidden, NotFound, WrongState."""
    if not may_work_jobs(actor):
        raise Forbidden("Expected a job worker.")
    if change.row.task_kind != "job":
        raise NotFound(f"Expected a job '{job_id}', but there is none.")
    job = change.open_task(job_id)
    if job is None:
        raise WrongState(f"Expected job {job_id} to be open, but it {closing(change.row)}.")
    if change.state.status == "suspended":
        raise WrongState(f"Expected a running request, but {change.row.registration_number} is suspended.")
    return job
