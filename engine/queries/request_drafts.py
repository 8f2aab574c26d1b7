"""Drafts of requests, for who wrote them: nobody else learns that they exist."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from engine.assignment import Actor, may_resume
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.storage.request_drafts import drafts_of, find_draft
from engine.storage.tables import definitions


def request_draft(context: Context, actor: Actor, draft_id: str) -> dict[str, Any]:
    """One draft: `{id, definition, name, data, updated_at, expires_at}`.

    Raises:
        NotFound: no such draft of the actor, or it has expired.
    """
    with context.database.read() as connection:
        row = find_draft(connection, draft_id, context.clock.now())
        if row is None or not may_resume(actor, row.person_id):
            raise NotFound("Expected a draft of your own that is not expired, but there is none.")
        return _items(connection, [row])[0]


def list_request_drafts(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """The actor's drafts, newest first; there are never more than fit on a page."""
    with context.database.read() as connection:
        return _items(connection, drafts_of(connection, actor.person_id, context.clock.now()))


def _items(connection: Connection, rows: Any) -> list[dict[str, Any]]:
    wanted = definitions.c.key.in_({row.definition for row in rows})
    newest = select(func.max(definitions.c.id)).where(wanted).group_by(definitions.c.key)
    named = select(definitions.c.key, definitions.c.name).where(definitions.c.id.in_(newest))
    names: dict[str, str] = {row.key: row.name for row in connection.execute(named)}
    return [_item(row, names) for row in rows]


def _item(row: Row[Any], names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id, "definition": row.definition, "name": names[row.definition], "data": row.data,
        "updated_at": moment(row.updated_at), "expires_at": moment(row.expires_at),
    }  # fmt: skip
