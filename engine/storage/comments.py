"""Whom a comment is for, beside the entry of the history that holds it: so that lists need not search histories."""

from datetime import datetime

from sqlalchemy import Connection, insert

from engine.storage.tables import comment_notices


def note_comment(
    connection: Connection, instance_id: str, seq: int, task_id: str, role: str | None, applicant_id: int | None,
    author_id: int, at: datetime,
) -> None:  # fmt: skip
    """Notes the comment at `seq` of a history; `role`: for whom its task waits, None when somebody has it."""
    connection.execute(insert(comment_notices).values(
        instance_id=instance_id, seq=seq, task_id=task_id, role=role, applicant_id=applicant_id, author_id=author_id,
        at=at,
    ))  # fmt: skip
