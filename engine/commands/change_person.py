"""Changes a person: name, contact, password, or whether the account is active."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.passwords import hash_password
from engine.storage import people, personnel
from engine.storage.history import append_administration

_LIMITS = {"name": 200, "email": 254, "phone": 30}
_RECORDED = ("name", "active")  # addresses and secrets do not go into a history that nobody can ever erase


def change_person(
    context: Context, actor: Actor | None, username: str, changes: dict[str, Any], reason: str
) -> dict[str, Any]:
    """Writes `changes` (any of name, email, phone, active, password); deactivation revokes every token.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: no such person.
        InvalidInput: an unknown field, a wrong value, or no reason.
    """
    rules.require_administrator(actor)
    reason = rules.text("reason", reason, 500)
    values = _values(changes)
    if values.get("active") is False and actor is not None and actor.username == username:
        message = "Expected another administrator to deactivate you, but you cannot do so yourself."
        raise InvalidInput(message, [{"field": "active", "message": message}])

    with context.database.write() as connection:
        row = people.person_row(connection, username)
        if row is None:
            raise NotFound(f"Expected the person '{username}' to exist, but there is none.")
        personnel.update_person(connection, row.id, values)
        if values.get("active") is False or "password_hash" in values:
            personnel.revoke(connection, context.wall.now(), person_id=row.id)
        shown = [field for field in values if field in _RECORDED]
        data = {
            "username": username, "reason": reason, "changed": sorted(changes),
            "old": {field: row._mapping[field] for field in shown}, "new": {field: values[field] for field in shown},
        }  # fmt: skip
        append_administration(connection, actor, "person_changed", data, context.clock.now())
    return data


def _values(changes: dict[str, Any]) -> dict[str, Any]:
    rules.changes(changes, {*_LIMITS, "active", "password"})
    values: dict[str, Any] = {}
    for field, value in changes.items():
        if field == "active":
            if not isinstance(value, bool):
                raise InvalidInput(f"Expected active to be true or false, but got {type(value).__name__}.",
                                   [{"field": "active", "message": "true atau false."}])  # fmt: skip
            values["active"] = value
        elif field == "password":
            values |= {"password_hash": hash_password(rules.text("password", value, 200)), "password_once_until": None}
        else:
            values[field] = None if value is None and field != "name" else rules.text(field, value, _LIMITS[field])
    return values
