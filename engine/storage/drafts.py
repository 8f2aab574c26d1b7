"""Drafts of definitions: what analysts draw on the way, kept whatever its problems, with its forms and decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from engine.storage.tables import definition_drafts, draft_files

_listed: Any = select(*[column for column in definition_drafts.c if column.name != "xml"])


def draft_row(connection: Connection, key: str, *, lock: bool = False) -> Row[Any] | None:
    """The draft with this key, locked against another writer if asked."""
    query = select(definition_drafts).where(definition_drafts.c.key == key)
    return connection.execute(query.with_for_update() if lock else query).one_or_none()


def draft_rows(connection: Connection, after: str, limit: int) -> Sequence[Row[Any]]:
    """Up to `limit` drafts behind the key `after`, without their diagrams."""
    query = _listed.where(definition_drafts.c.key > after).order_by(definition_drafts.c.key).limit(limit)
    return connection.execute(query).all()


def insert_draft(connection: Connection, values: Mapping[str, Any]) -> None:
    """Inserts a draft's first version."""
    connection.execute(insert(definition_drafts).values(**values))


def update_draft(connection: Connection, key: str, values: Mapping[str, Any]) -> None:
    """Changes columns of a draft."""
    connection.execute(update(definition_drafts).where(definition_drafts.c.key == key).values(**values))


def delete_draft_row(connection: Connection, key: str) -> bool:
    """Deletes a draft with its files; False when there is none."""
    connection.execute(delete(draft_files).where(draft_files.c.draft_key == key))
    return connection.execute(delete(definition_drafts).where(definition_drafts.c.key == key)).rowcount == 1


def files_of(connection: Connection, key: str, kind: str) -> dict[str, bytes]:
    """The forms (`kind` form) or decisions (`decision`) of a draft by their keys."""
    rows = connection.execute(
        select(draft_files.c.key, draft_files.c.body)
        .where(draft_files.c.draft_key == key, draft_files.c.kind == kind)
        .order_by(draft_files.c.key)
    )
    return {row.key: row.body for row in rows}


def put_file(connection: Connection, key: str, kind: str, file_key: str, body: bytes) -> None:
    """Stores a form or decision, in the place of the one before."""
    delete_file(connection, key, kind, file_key)
    connection.execute(insert(draft_files).values(draft_key=key, kind=kind, key=file_key, body=body))


def delete_file(connection: Connection, key: str, kind: str, file_key: str) -> bool:
    """Deletes a form or decision; False when there is none."""
    c = draft_files.c
    statement = delete(draft_files).where(c.draft_key == key, c.kind == kind, c.key == file_key)
    return connection.execute(statement).rowcount == 1
