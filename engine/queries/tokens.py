"""API tokens and logins without their secrets: one's own, and everybody's for administrators."""

from typing import Any

from sqlalchemy import select

from engine.assignment import Actor
from engine.context import Context
from engine.history.chain import moment
from engine.people import require_administrator
from engine.queries.cursor import decode, encode
from engine.storage.tables import persons, tokens


def list_tokens(
    context: Context, actor: Actor | None, *, username: str | None = None, valid: bool = True, limit: int = 50,
    cursor: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One page of tokens, newest first; `valid` leaves out what expired or was revoked.

    Raises:
        Forbidden: others' tokens, by no administrator. InvalidInput: a foreign cursor.
    """
    if actor is None or username != actor.username:
        require_administrator(actor)
    wall = context.wall.now()
    query = (
        select(tokens, persons.c.username, persons.c.name.label("person"))
        .join(persons, persons.c.id == tokens.c.person_id)
        .order_by(tokens.c.id.desc())
        .limit(limit + 1)
    )
    if username:
        query = query.where(persons.c.username == username)
    if valid:
        query = query.where(tokens.c.revoked_at.is_(None), tokens.c.expires_at > wall)
    if cursor:
        query = query.where(tokens.c.id < decode(cursor, int)[0])
    with context.database.read() as connection:
        rows = connection.execute(query).all()
    page = rows[:limit]
    items = [
        {
            "id": row.id, "username": row.username, "person": row.person, "name": row.name,
            "created_at": moment(row.created_at), "expires_at": moment(row.expires_at),
            "revoked_at": moment(row.revoked_at) if row.revoked_at else None,
            "valid": row.revoked_at is None and row.expires_at > wall,
        }
        for row in page
    ]  # fmt: skip
    return {"items": items, "next_cursor": encode(page[-1].id) if len(rows) > limit else None}
