"""Hands open jobs to an external worker under a lease; a job whose lease ran out is handed out again."""

from datetime import timedelta
from typing import Any

from engine.assignment import Actor, may_work_jobs
from engine.context import Context
from engine.errors import Forbidden
from engine.history.chain import moment
from engine.model import State
from engine.storage.jobs import claim_jobs


def activate_jobs(
    context: Context, actor: Actor, type_: str, *, max_jobs: int = 10, worker: str = "", lease_seconds: int = 60
) -> list[dict[str, Any]]:
    """Up to `max_jobs` jobs of this type for `worker`, each `{id, type, element_id, variables, lease_until, ...}`.

    Raises:
        Forbidden: the actor is no job worker.
    """
    if not may_work_jobs(actor):
        raise Forbidden("Expected a job worker.")
    now = context.clock.now()
    until = now + timedelta(seconds=lease_seconds)
    with context.database.write() as connection:
        rows = claim_jobs(connection, type_, now, until, worker or actor.username, max_jobs)
    jobs = []
    for row in rows:
        state = State.from_json(row.state)
        token = row.id.removeprefix(f"{row.instance_id}-")
        if state.tokens[token].incident is not None:  # of an error nothing caught: it waits for its retry
            continue
        jobs.append({
            "id": row.id, "type": row.role, "instance_id": row.instance_id, "element_id": row.element_id,
            "name": row.name, "variables": state.visible(state.inside(token)), "lease_until": moment(until),
        })  # fmt: skip
    return jobs
