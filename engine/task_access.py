"""What every command on a task checks first: that the actor may see it, that it is open, that the ETag still fits."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from engine.assignment import Actor, may_see_task
from engine.change import Change
from engine.errors import NotFound, PreconditionFailed, WrongState
from engine.history.chain import moment
from engine.model import OpenTask


def open_task(change: Change, actor: Actor, task_id: str, *, kind: str = "user") -> OpenTask:
    """The open task behind a locked row.

    Raises:
        NotFound: the actor may not see it. WrongState: it is closed, or its instance stands still.
    """
    row = change.row
    task = change.open_task(task_id)
    assignee = task.assignee if task else row.task_assignee_id
    visible = may_see_task(actor, row.task_role, assignee, row.confidentiality, row.superior_role)
    if row.task_kind != kind or not visible:
        raise NotFound(f"Expected a task '{task_id}', but there is none.")
    if task is None:
        raise WrongState(f"Expected task {task_id} to be open, but it {closing(row)}; read the request again.")
    if change.state.status == "suspended":
        raise WrongState(f"Expected a running request, but {row.registration_number} is suspended; resume it first.")
    return task


def closing(row: Any) -> str:
    """How a task ended that the state has no more.

    Whoever waited for the row's lock on PostgreSQL has the newest state, but the task's row from before the wait: the
    state alone says whether the task is open, and a row that still says so cannot say how it ended.
    """
    ended = {"completed": "was completed by somebody already", "cancelled": "was cancelled already"}
    return ended.get(row.task_status, "was closed at this moment")


def etag(status: str, assignee_id: int | None, due_at: datetime | None) -> str:
    """The ETag of a task: it changes when the task is closed, handed over or re-timed, not with other branches."""
    facts = f"{status}|{assignee_id}|{moment(due_at) if due_at else None}"
    return f'"{sha256(facts.encode()).hexdigest()[:16]}"'


def require_etag(task: OpenTask, if_match: str | None) -> None:
    """Raises PreconditionFailed unless `if_match` (ETags, `*` or None) names the task's present state."""
    if if_match is None or if_match.strip() == "*":
        return
    due_at = datetime.fromisoformat(task.due_at) if task.due_at else None
    if etag("open", task.assignee, due_at) not in [tag.strip().removeprefix("W/") for tag in if_match.split(",")]:
        raise PreconditionFailed(
            "Expected the newest state of this task in If-Match, but it changed meanwhile; read it again."
        )
