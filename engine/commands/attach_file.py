"""Takes an upload: inspected, stored under its SHA-256, noted in the history when it belongs to a task."""

from typing import Any
from uuid import uuid4

from engine.assignment import Actor, may_comment
from engine.attachments import inspect_upload
from engine.change import change_by_task
from engine.context import Context
from engine.errors import Forbidden
from engine.storage.attachments import insert_upload, store_bytes
from engine.task_access import open_task


def attach_file(context: Context, actor: Actor, task_id: str | None, name: str, data: bytes) -> dict[str, Any]:
    """Stores a file: for a task at once, without a task as an upload that a form may hand in later.

    Returns:
        `{id, name, media_type, size, sha256}`; the id is what file fields of forms contain.

    Raises:
        UploadRefused and TooLarge as `engine.attachments` says. NotFound, WrongState, Forbidden for the task.
    """
    upload = inspect_upload(name, data, context.settings.attachment_limits)
    store_bytes(context.settings.data_dir, upload.sha256, data)
    attachment_id = uuid4().hex
    if task_id is None:
        with context.database.write() as connection:
            insert_upload(connection, attachment_id, upload, actor, context.clock.now())
    else:
        with change_by_task(context, actor, task_id) as change:
            task = open_task(change, actor, task_id)
            row = change.row
            if not may_comment(actor, row.task_role, task.assignee, row.confidentiality, row.superior_role):
                raise Forbidden(f"Expected somebody who works on task {task_id} to attach files.")
            change.execution.record(
                "task_attached", task.element_id, token=task.token, attachment=attachment_id, name=upload.safe_name,
                sha256=upload.sha256, size=upload.size,
            )  # fmt: skip
            insert_upload(change.connection, attachment_id, upload, actor, change.now, row.id, task_id)
    return {
        "id": attachment_id, "name": upload.safe_name, "media_type": upload.media_type, "size": upload.size,
        "sha256": upload.sha256,
    }  # fmt: skip
