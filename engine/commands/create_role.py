"""Creates a role, or changes its name and superior; lanes of diagrams name roles by key."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration


def create_role(
    context: Context, actor: Actor | None, *, key: str, name: str, superior_role: str | None = None
) -> dict[str, Any]:
    """Creates the role `key`, or gives an existing one a new name and superior (old and new values are recorded).

    Raises:
        Forbidden: the actor is no administrator.
        InvalidInput: a field of the wrong shape.
        NotFound: the superior role does not exist.
    """
    rules.require_administrator(actor)
    new = {"name": rules.text("name", name, 200), "superior_role": superior_role}
    key = rules.key("key", key)

    with context.database.write() as connection:
        if superior_role is not None and superior_role != key:
            missing = {rules.key("superior_role", superior_role)} - people.existing_roles(connection, [superior_role])
            if missing:
                raise NotFound(f"Expected the superior role '{superior_role}' to exist, but it does not.")
        old = personnel.put_role(connection, key, new)
        type_ = "role_created" if old is None else "role_changed"
        append_administration(connection, actor, type_, {"key": key, "old": old, "new": new}, context.clock.now())
    return {"key": key, **new}
