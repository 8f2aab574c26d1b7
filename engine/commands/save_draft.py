"""Keeps what somebody typed into a task's form, whatever its validity; a draft is no act and leaves no history."""

import json
from typing import Any

from engine.assignment import Actor, may_complete
from engine.change import open_change
from engine.context import Context
from engine.errors import Forbidden, NotFound, TooLarge, WrongState
from engine.storage import instances
from engine.task_access import closing
from forms.validate import draft

LARGEST_DRAFT = 256 * 1024  # bytes of JSON


def save_draft(context: Context, actor: Actor, task_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Stores the fields of `data` that the form knows as the task's draft and returns what was kept.

    Raises:
        NotFound, Forbidden. WrongState: the task is closed. TooLarge: more than 256 KiB.
    """
    with context.database.write() as connection:
        row = instances.lock_by_task(connection, task_id)
        if row is None:
            raise NotFound(f"Expected a task '{task_id}', but there is none.")
        change = open_change(context, connection, actor, row)
        task = change.open_task(task_id)
        if not may_complete(actor, row.task_role, task.assignee if task else row.task_assignee_id):
            known = row.task_role in actor.roles
            raise Forbidden(f"Task {task_id} lies with somebody else.") if known else NotFound(
                f"Expected a task '{task_id}', but there is none.")
        if task is None:
            raise WrongState(f"Expected task {task_id} to be open, but it {closing(row)}; nothing was kept.")
        form = change.home(task).form_of(task.element_id)  # of the process called, where the task is one of its own

        kept = draft(form, data) if form else data
        if len(json.dumps(kept)) > LARGEST_DRAFT:
            raise TooLarge(f"Expected a draft of at most {LARGEST_DRAFT} bytes.")

        instances.update_draft(connection, task_id, kept)
        return kept
