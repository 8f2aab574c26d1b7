"""Uploaded files: rows here, bytes in the data directory under their SHA-256 (each content stored once)."""

import os
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from engine.assignment import Actor
from engine.attachments import Upload
from engine.errors import Forbidden
from engine.storage.tables import attachments
from forms.scope import AttachmentInfo


class Uses:
    """The lookup that forms ask about file ids; remembers which ids were asked for.

    A person may hand in what that person uploaded, and what already belongs to the same request.
    """

    def __init__(self, connection: Connection, actor: Actor, instance_id: str | None) -> None:
        self._connection, self._actor, self._instance_id = connection, actor, instance_id
        self.ids: list[str] = []

    def __call__(self, attachment_id: str) -> AttachmentInfo | None:
        row = find(self._connection, attachment_id)
        own = row is not None and row.uploaded_by == self._actor.person_id and row.instance_id is None
        shared = row is not None and row.instance_id is not None and row.instance_id == self._instance_id
        if row is None or not (own or shared):
            return None
        self.ids.append(attachment_id)
        return AttachmentInfo(row.media_type, row.size)


def find(connection: Connection, attachment_id: str) -> Row[Any] | None:
    """The row of an attachment."""
    return connection.execute(select(attachments).where(attachments.c.id == attachment_id)).one_or_none()


def of_instance(connection: Connection, instance_id: str) -> list[Row[Any]]:
    """The attachments of a request, oldest first."""
    query = select(attachments).where(attachments.c.instance_id == instance_id).order_by(attachments.c.uploaded_at)
    return list(connection.execute(query))


def insert_upload(
    connection: Connection, attachment_id: str, upload: Upload, actor: Actor, at: datetime,
    instance_id: str | None = None, task_id: str | None = None,
) -> None:  # fmt: skip
    """Inserts the row of an upload whose bytes are stored already."""
    connection.execute(insert(attachments).values(
        id=attachment_id, sha256=upload.sha256, name=upload.safe_name, media_type=upload.media_type, size=upload.size,
        instance_id=instance_id, task_id=task_id, uploaded_by=actor.person_id, uploaded_at=at,
    ))  # fmt: skip


def bind(connection: Connection, ids: Collection[str], instance_id: str, task_id: str | None) -> None:
    """Makes uploads part of a request; those that are part of it already stay as they are."""
    if not ids:
        return
    free = attachments.c.id.in_(ids) & attachments.c.instance_id.is_(None)
    mine = attachments.c.id.in_(ids) & (attachments.c.instance_id == instance_id)
    connection.execute(update(attachments).where(free).values(instance_id=instance_id, task_id=task_id))
    bound = connection.execute(select(attachments.c.id).where(mine)).all()
    if len(bound) != len(set(ids)):
        raise Forbidden("Expected files of this request, but one was handed in with another request meanwhile.")


def store_bytes(data_dir: Path, sha256: str, data: bytes) -> None:
    """Writes the content under its hash, durably and atomically; a no-op when it is there already."""
    path = path_of(data_dir, sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def path_of(data_dir: Path, sha256: str) -> Path:
    """Where the content with this hash lies."""
    return data_dir / "attachments" / sha256[:2] / sha256
