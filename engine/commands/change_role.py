"""Changes a role: its name, and the superior role that is told when one of its deadlines is missed."""

from collections.abc import Mapping
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration

FIELDS = ("name", "superior_role")


def change_role(
    context: Context, actor: Actor | None, key: str, changes: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """Writes `changes` (any of name, superior_role; None = nobody is told).

    Raises:
        Forbidden. NotFound: no such role or superior. InvalidInput: an unknown field, a wrong value, a role above
        itself, or no reason.
    """
    rules.require_administrator(actor)
    rules.changes(changes, FIELDS)
    reason, values = rules.text("reason", reason, 500), dict(changes)
    if "name" in values:
        values["name"] = rules.text("name", values["name"], 200)
    if values.get("superior_role") is not None:
        values["superior_role"] = rules.key("superior_role", values["superior_role"])
    if values.get("superior_role") == key:
        message = "Expected another role as superior, but a role cannot stand above itself."
        raise InvalidInput(message, [{"field": "superior_role", "message": message}])

    with context.database.write() as connection:
        superior = values.get("superior_role")
        row = people.role_row(connection, key)
        if row is None or (superior is not None and people.role_row(connection, superior) is None):
            raise NotFound(f"Expected the role '{key if row is None else superior}' to exist, but it does not.")
        old = {name: row._mapping[name] for name in values if row._mapping[name] != values[name]}
        new = {name: values[name] for name in old}
        data = {"key": key, "reason": reason, "old": old, "new": new}
        if new:
            personnel.put_role(connection, key, {"name": row.name, "superior_role": row.superior_role} | new)
            append_administration(connection, actor, "role_changed", data, context.clock.now())
    return data
