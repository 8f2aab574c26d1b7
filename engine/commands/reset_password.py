"""Gives a person a one-time password, to be exchanged for an own one at the next login."""

from datetime import timedelta
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.passwords import hash_password, new_password
from engine.storage import people, personnel
from engine.storage.history import append_administration

LIFE = timedelta(days=3)


def reset_password(context: Context, actor: Actor | None, username: str, reason: str) -> dict[str, Any]:
    """A one-time password `{username, password, valid_until}`, shown nowhere else; every token of the person ends.

    Raises:
        Forbidden: the actor is no administrator. NotFound: no such active person. InvalidInput: no reason.
    """
    rules.require_administrator(actor)
    reason = rules.text("reason", reason, 500)
    password, now = new_password(), context.wall.now()
    values = {"password_hash": hash_password(password), "password_once_until": now + LIFE}

    with context.database.write() as connection:
        row = people.person_row(connection, username)
        if row is None or not row.active:
            raise NotFound(f"Expected an active person with the user name '{username}', but there is none.")
        personnel.update_person(connection, row.id, values)
        personnel.revoke(connection, now, person_id=row.id)
        people.forget_login_failures(connection, username, now - LIFE)
        data = {"username": username, "reason": reason, "valid_until": moment(now + LIFE)}
        append_administration(connection, actor, "password_reset", data, context.clock.now())
    return {"username": username, "password": password, "valid_until": moment(now + LIFE)}
