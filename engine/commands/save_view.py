"""Keeps filters of the task list under a name; a convenience of one person, no act, so it leaves no history."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.errors import Conflict, InvalidInput
from engine.storage.views import forget_default, insert_view, views_of
from engine.task_list import MOST_VIEWS, view_filters, view_name


def save_view(
    context: Context, actor: Actor, name: str, filters: dict[str, Any], *, default: bool = False
) -> dict[str, Any]:
    """Stores a view `{id, name, filters, default}` of the actor; a default one replaces the default before.

    Raises:
        InvalidInput: no such filters, a bad name, or 50 views already. Conflict: the actor has one of this name.
    """
    name, filters = view_name(name), view_filters(filters)
    with context.database.write() as connection:
        known = views_of(connection, actor.person_id)
        if any(row.name == name for row in known):
            raise Conflict(f"Expected a new name, but you have a view '{name}' already.",
                           [{"field": "name", "message": "Nama ini sudah dipakai."}])
        if len(known) >= MOST_VIEWS:
            raise InvalidInput(f"Expected at most {MOST_VIEWS} views, but you have {len(known)}; delete one first.",
                               [{"field": "name", "message": f"Paling banyak {MOST_VIEWS} tampilan."}])

        if default:
            forget_default(connection, actor.person_id)
        values = {"name": name, "filters": filters, "is_default": default}
        view_id = insert_view(connection, actor.person_id, values)
    return {"id": view_id, "name": name, "filters": filters, "default": default}
