"""Changes a post: title, unit, the roles it gives, and the post above it."""

from collections.abc import Mapping
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput, NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration
from engine.storage.unit_of_work import Connection

FIELDS = ("title", "unit", "roles", "superior_id")


def change_post(
    context: Context, actor: Actor | None, post_id: int, changes: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """Writes `changes` (any of title, unit, roles, superior_id); whoever holds the post has the new roles at once.

    Raises:
        Forbidden. NotFound: no such post, role or superior. InvalidInput: an unknown field, a wrong value, a post that
        would stand above itself, or no reason.
    """
    rules.require_administrator(actor)
    rules.changes(changes, FIELDS)
    reason, values = rules.text("reason", reason, 500), _values(changes)

    with context.database.write() as connection:
        row = people.post_row(connection, post_id)
        if row is None:
            raise NotFound(f"Expected the post {post_id} to exist, but there is none.")
        old = {**row._mapping, "roles": people.roles_of_post(connection, post_id)}
        new = {name: value for name, value in values.items() if value != old[name]}
        _check(connection, post_id, new)
        columns = {name: value for name, value in new.items() if name != "roles"}
        if columns:
            personnel.update_post(connection, post_id, columns)
        if "roles" in new:
            personnel.replace_post_roles(connection, post_id, new["roles"])
        data = {
            "id": post_id, "title": row.title, "reason": reason, "old": {name: old[name] for name in new}, "new": new,
        }  # fmt: skip
        if new:
            append_administration(connection, actor, "post_changed", data, context.clock.now())
    return data


def _values(changes: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    if "title" in values:
        values["title"] = rules.text("title", values["title"], 200)
    if "unit" in values:
        values["unit"] = rules.text("unit", values["unit"], 200, empty=True)
    if "roles" in values:
        values["roles"] = sorted({rules.key("roles", role) for role in values["roles"]})
    return values


def _check(connection: Connection, post_id: int, new: Mapping[str, Any]) -> None:
    missing = set(new.get("roles", ())) - people.existing_roles(connection, new.get("roles", ()))
    if missing:
        raise NotFound(f"Expected the roles {', '.join(sorted(missing))} to exist, but they do not.")
    superior_id = new.get("superior_id")
    if superior_id is None:
        return
    if people.post_row(connection, superior_id) is None:
        raise NotFound(f"Expected the superior post {superior_id} to exist, but it does not.")
    if post_id in (superior_id, *people.superiors_of(connection, superior_id)):
        message = "Expected a superior post above this one, but it is this one or stands below it."
        raise InvalidInput(message, [{"field": "superior_id", "message": message}])
