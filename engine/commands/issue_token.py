"""Issues an API token for a person; the secret is in the answer and nowhere else."""

from datetime import timedelta
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.history.chain import moment
from engine.storage import people, personnel
from engine.storage.history import append_administration
from engine.tokens import DEFAULT_LIFE, LONGEST_LIFE, fingerprint, new_token


def issue_token(
    context: Context, actor: Actor | None, username: str, *, life: timedelta = DEFAULT_LIFE, name: str = ""
) -> dict[str, Any]:
    """A token for `username` that is valid for `life`: everybody for themselves, administrators for anybody.

    Raises:
        Forbidden: for somebody else, by no administrator.
        NotFound: no such active person.
        InvalidInput: a life of nothing or more than a year.
    """
    if actor is None or actor.username != username:
        rules.require_administrator(actor)
    name = rules.text("name", name, 120, empty=True)
    if not timedelta(0) < life <= LONGEST_LIFE:
        message = f"Expected a life of up to {LONGEST_LIFE.days} days, but got {life}."
        raise InvalidInput(message, [{"field": "ttl", "message": message}])
    wall, secret = context.wall.now(), new_token()

    with context.database.write() as connection:
        row = people.person_row(connection, username)
        if row is None or not row.active:
            raise NotFound(f"Expected an active person with the user name '{username}', but there is none.")
        token_id = personnel.insert_token(connection, row.id, fingerprint(secret), name, wall, wall + life)
        data = {"id": token_id, "username": username, "name": name, "expires_at": moment(wall + life)}
        append_administration(connection, actor, "token_issued", data, context.clock.now())
    return {**data, "token": secret}
