"""Ends every token of a person: all logins and programs of theirs at once."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration


def revoke_tokens(context: Context, actor: Actor | None, username: str, reason: str) -> dict[str, Any]:
    """Revokes the tokens of `username` and returns how many there were: `{username, reason, revoked}`.

    Raises:
        Forbidden: somebody else's, by no administrator. NotFound: no such person. InvalidInput: no reason.
    """
    if actor is None or actor.username != username:
        rules.require_administrator(actor)
    reason = rules.text("reason", reason, 500)

    with context.database.write() as connection:
        row = people.person_row(connection, username)
        if row is None:
            raise NotFound(f"Expected the person '{username}' to exist, but there is none.")
        revoked = personnel.revoke(connection, context.wall.now(), person_id=row.id)
        data = {"username": username, "reason": reason, "revoked": revoked}
        append_administration(connection, actor, "tokens_revoked", data, context.clock.now())
    return data
