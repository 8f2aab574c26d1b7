"""Adds a comment to an open task; comments are part of the history.

Who has the task hears of it, else those whose role it waits for; the request's applicant, when it is meant for them.
"""

from engine.assignment import Actor, may_comment
from engine.change import change_by_task
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.storage.comments import note_comment
from engine.task_access import open_task

LONGEST_COMMENT = 4_000


def comment_task(
    context: Context, actor: Actor, task_id: str, text: str, *, for_applicant: bool = False
) -> None:
    """Records `text` (1 to 4,000 characters) on the task; `for_applicant`: the applicant shall read it.

    Raises:
        NotFound, WrongState, Forbidden. InvalidInput: the text is empty or too long, or there is no other applicant.
    """
    with change_by_task(context, actor, task_id) as change:
        task = open_task(change, actor, task_id)

        row = change.row
        if not may_comment(actor, row.task_role, task.assignee, row.confidentiality, row.superior_role):
            raise Forbidden(f"Expected somebody who works on task {task_id} to comment on it.")
        if not 0 < len(text.strip()) <= LONGEST_COMMENT:
            raise InvalidInput(f"Expected a comment of 1 to {LONGEST_COMMENT} characters, but got {len(text)}.",
                               [{"field": "text", "message": f"1 sampai {LONGEST_COMMENT} karakter."}])

        applicant = row.applicant_id if for_applicant else None
        if for_applicant and applicant in (None, actor.person_id):
            message = "Permohonan ini tidak mempunyai pemohon selain Anda."
            raise InvalidInput("Expected a request with an applicant who is somebody else, but this one has none.",
                               [{"field": "for_applicant", "message": message}])

        facts = {"token": task.token, "text": text.strip(), "by": actor.person_id}
        change.execution.record("task_commented", task.element_id, **facts, **_told(applicant))
        role = row.task_role if task.assignee is None else None
        seq = row.seq + len(change.execution.events)
        note_comment(change.writer, row.id, seq, task_id, role, applicant, actor.person_id, change.now)


def _told(applicant: int | None) -> dict[str, int]:
    return {} if applicant is None else {"applicant": applicant}
