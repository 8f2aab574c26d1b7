"""Adds a comment to an open task; comments are part of the history."""

from engine.assignment import Actor, may_comment
from engine.change import change_by_task
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.task_access import open_task

LONGEST_COMMENT = 4_000


def comment_task(context: Context, actor: Actor, task_id: str, text: str) -> None:
    """Records `text` (1 to 4,000 characters) on the task.

    Raises:
        NotFound, WrongState, Forbidden. InvalidInput: the text is empty or too long.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)

        row = change.row
        if not may_comment(actor, row.task_role, task.assignee, row.confidentiality, row.superior_role):
            raise Forbidden(f"Expected somebody who works on task {task_id} to comment on it.")
        if not 0 < len(text.strip()) <= LONGEST_COMMENT:
            raise InvalidInput(f"Expected a comment of 1 to {LONGEST_COMMENT} characters, but got {len(text)}.",
                               [{"field": "text", "message": f"1 sampai {LONGEST_COMMENT} karakter."}])

        change.execution.record("task_commented", task.element_id, token=task.token, text=text.strip())
