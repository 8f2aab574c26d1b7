"""Uploaded files: rows here, bytes in the data directory under their SHA-256 (each content stored once)."""

import hashlib
import os
import re
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Text, delete, insert, select, type_coerce, update

from engine.assignment import Actor
from engine.attachments import Upload
from engine.errors import Forbidden, StorageUnavailable
from engine.storage.tables import attachments, request_drafts, tasks
from forms.scope import AttachmentInfo

_ID = re.compile(r"[0-9a-f]{32}")


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


def unbound_before(connection: Connection, moment: datetime) -> list[str]:
    """The uploads from before `moment` that are part of no request, oldest first."""
    free = attachments.c.instance_id.is_(None) & (attachments.c.uploaded_at < moment)
    return list(connection.execute(select(attachments.c.id).where(free).order_by(attachments.c.uploaded_at)).scalars())


def named_in_drafts(connection: Connection) -> set[str]:
    """Everything that looks like the id of an upload in drafts of requests and of open tasks."""
    found: set[str] = set()
    for query in (
        select(type_coerce(request_drafts.c.data, Text)),
        select(type_coerce(tasks.c.draft, Text)).where(tasks.c.status == "open", tasks.c.draft.is_not(None)),
    ):
        for text in connection.execute(query).scalars():
            found.update(_ID.findall(text))
    return found


def forget_uploads(connection: Connection, ids: Collection[str]) -> list[str]:
    """Deletes rows of uploads that are part of no request still; gives the contents that no row has any longer."""
    mine = attachments.c.id.in_(ids) & attachments.c.instance_id.is_(None)
    gone = set(connection.execute(delete(attachments).where(mine).returning(attachments.c.sha256)).scalars())
    held = select(attachments.c.sha256).where(attachments.c.sha256.in_(gone))
    return sorted(gone - set(connection.execute(held).scalars()))


def discard_bytes(data_dir: Path, sha256: str, unused_since: datetime) -> None:
    """Removes a content from the disk unless somebody stored the same again since `unused_since`.

    It is moved aside before it is looked at: who stores it again either was here before, and shows in the time of the
    file, or finds nothing and writes it anew.
    """
    path = path_of(data_dir, sha256)
    aside = path.with_name(f".{path.name}.discarded")
    try:
        path.replace(aside)
        if aside.stat().st_mtime >= unused_since.timestamp():
            aside.replace(path)
        else:
            aside.unlink()
    except FileNotFoundError:  # another worker had it
        return


def store_bytes(data_dir: Path, sha256: str, data: bytes) -> None:
    """Writes the content under its hash, durably and atomically; what is there already is only used again."""
    path = path_of(data_dir, sha256)
    try:
        os.utime(path)
    except FileNotFoundError:
        _write(path, data)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def content_of(data_dir: Path, sha256: str) -> bytes:
    """The content with this hash.

    Raises:
        StorageUnavailable: it is gone from the disk, or was changed there.
    """
    try:
        data = path_of(data_dir, sha256).read_bytes()
    except FileNotFoundError:
        data = None
    if data is None or hashlib.sha256(data).hexdigest() != sha256:
        what = "is gone from the disk" if data is None else "was changed on the disk"
        raise StorageUnavailable(f"Expected the file with the hash {sha256}, but its content {what}; restore it.")
    return data


def path_of(data_dir: Path, sha256: str) -> Path:
    """Where the content with this hash lies."""
    return data_dir / "attachments" / sha256[:2] / sha256
