"""Drafts of definitions: what analysts draw on the way, kept whatever its problems."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.storage.tables import definition_drafts

_listed: Any = select(
    definition_drafts.c.key, definition_drafts.c.name, definition_drafts.c.profile, definition_drafts.c.version,
    definition_drafts.c.updated_at, definition_drafts.c.updated_by,
)  # fmt: skip


def draft_row(connection: Connection, key: str, *, lock: bool = False) -> Row[Any] | None:
    """The draft with this key, locked against another writer if asked."""
    query = select(definition_drafts).where(definition_drafts.c.key == key)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def draft_rows(connection: Connection, after: str, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` drafts behind the key `after`, without their diagrams."""
    query = _listed.where(definition_drafts.c.key > after).order_by(definition_drafts.c.key).limit(limit)
    return connection.execute(query).all()


def write_draft(
    connection: Connection, key: str, *, name: str, profile: str, xml: bytes, version: int, at: datetime, by: str
) -> None:
    """Inserts version 1 or replaces the version before."""
    values = {"name": name, "profile": profile, "xml": xml, "version": version, "updated_at": at, "updated_by": by}
    if version == 1:
        connection.execute(insert(definition_drafts).values(key=key, **values))
    else:
        connection.execute(update(definition_drafts).where(definition_drafts.c.key == key).values(**values))


def delete_draft_row(connection: Connection, key: str) -> bool:
    """Deletes a draft; False when there is none."""
    return connection.execute(delete(definition_drafts).where(definition_drafts.c.key == key)).rowcount == 1
