"""Revokes API tokens: at once, for every process (tokens are looked up on each request)."""

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import personnel
from engine.storage.history import append_administration


def revoke_token(context: Context, actor: Actor | None, token_id: int) -> None:
    """Revokes one token: one's own, or anybody's as an administrator. Revoking twice is no error.

    Raises:
        Forbidden: somebody else's, by no administrator.
        NotFound: no such token.
    """

    with context.database.write() as connection:
        row = personnel.token_row(connection, token_id)
        if row is None:
            raise NotFound(f"Expected the token {token_id} to exist, but there is none.")
        if actor is None or actor.person_id != row.person_id:
            rules.require_administrator(actor)
        if row.revoked_at is None:
            personnel.revoke(connection, context.wall.now(), token_id=token_id)
            data = {"id": token_id, "username": row.username}
            append_administration(connection, actor, "token_revoked", data, context.clock.now())
