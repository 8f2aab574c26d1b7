"""Drafts of requests as rows: what somebody typed into a start form; the id is the secret of the link to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from engine.storage.tables import request_drafts


def find_draft(connection: Connection, draft_id: str, now: datetime) -> Row[Any] | None:
    """The draft, None when there is none or its time is over."""
    query = select(request_drafts).where(request_drafts.c.id == draft_id, request_drafts.c.expires_at > now)
    return connection.execute(query).one_or_none()


def drafts_of(connection: Connection, person_id: int, now: datetime) -> Sequence[Row[Any]]:
    """A person's drafts, newest first."""
    query = (
        select(request_drafts)
        .where(request_drafts.c.person_id == person_id, request_drafts.c.expires_at > now)
        .order_by(request_drafts.c.updated_at.desc(), request_drafts.c.id)
    )
    return connection.execute(query).all()


def count_drafts(connection: Connection, person_id: int) -> int:
    """How many drafts a person has."""
    query = select(func.count()).select_from(request_drafts).where(request_drafts.c.person_id == person_id)
    return int(connection.execute(query).scalar_one())


def insert_draft(connection: Connection, draft_id: str, person_id: int, definition: str, **values: Any) -> None:
    """Inserts a draft; `values` are data, updated_at and expires_at."""
    connection.execute(insert(request_drafts).values(id=draft_id, person_id=person_id, definition=definition, **values))


def update_draft(connection: Connection, draft_id: str, values: Mapping[str, Any]) -> None:
    """Replaces what was typed, and the times."""
    connection.execute(update(request_drafts).where(request_drafts.c.id == draft_id).values(**values))


def remove_draft(connection: Connection, draft_id: str, person_id: int) -> bool:
    """Deletes a person's draft; False when that person has no such draft."""
    mine = (request_drafts.c.id == draft_id) & (request_drafts.c.person_id == person_id)
    return connection.execute(delete(request_drafts).where(mine)).rowcount == 1


def remove_expired(connection: Connection, now: datetime) -> None:
    """Deletes everybody's drafts whose time is over."""
    connection.execute(delete(request_drafts).where(request_drafts.c.expires_at <= now))
