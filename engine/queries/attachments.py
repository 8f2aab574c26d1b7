"""The files of a request, for those who may see it; and the names of one's own uploads."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.storage.access import require_visible
from engine.storage.attachments import content_of, find
from engine.storage.tables import attachments, persons


def attachment(context: Context, actor: Actor, attachment_id: str) -> tuple[str, str, bytes]:
    """Name, media type and bytes.

    Raises:
        NotFound: no such file, or the actor may not see its request.
        StorageUnavailable: its content is gone from the disk, or is not what was handed in.
    """
    with context.database.read() as connection:
        row = find(connection, attachment_id)
        if row is None or (row.instance_id is None and row.uploaded_by != actor.person_id):
            raise NotFound(f"Expected a file '{attachment_id}', but there is none.")
        if row.instance_id is not None:
            require_visible(connection, actor, row.instance_id)
    return row.name, row.media_type, content_of(context.settings.data_dir, row.sha256)


def upload_names(context: Context, actor: Actor, attachment_ids: Collection[str]) -> dict[str, str]:
    """The names of those of these files that the actor uploaded, by id."""
    mine = attachments.c.id.in_(attachment_ids) & (attachments.c.uploaded_by == actor.person_id)
    query = select(attachments.c.id, attachments.c.name).where(mine)
    with context.database.read() as connection:
        return {row.id: row.name for row in connection.execute(query)}


def files_of(context: Context, actor: Actor, instance_id: str) -> list[dict[str, Any]]:
    """The files of a request, oldest first: `{id, name, media_type, size, sha256, at, by}`. Raises NotFound."""
    query = (
        select(attachments, persons.c.name.label("by"))
        .join(persons, persons.c.id == attachments.c.uploaded_by)
        .where(attachments.c.instance_id == instance_id)
        .order_by(attachments.c.uploaded_at, attachments.c.id)
    )
    with context.database.read() as connection:
        require_visible(connection, actor, instance_id)
        return [
            {"id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size, "sha256": row.sha256,
             "at": moment(row.uploaded_at), "by": row.by}
            for row in connection.execute(query)
        ]  # fmt: skip
