"""Renames a saved view, gives it other filters, or makes it the one that the task list opens with."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.errors import Conflict, NotFound
from engine.storage.views import forget_default, update_view, views_of
from engine.task_list import view_filters, view_name


def change_view(
    context: Context,
    actor: Actor,
    view_id: int,
    *,
    name: str | None = None,
    filters: dict[str, Any] | None = None,
    default: bool | None = None,
) -> dict[str, Any]:
    """Changes what is not None of an own view and returns it as it is now.

    Raises:
        NotFound: the actor has no such view. Conflict: another one has this name. InvalidInput.
    """
    values: dict[str, Any] = {} if default is None else {"is_default": default}
    values |= {} if name is None else {"name": view_name(name)}
    values |= {} if filters is None else {"filters": view_filters(filters)}
    with context.database.write() as connection:
        known = {row.id: row for row in views_of(connection, actor.person_id)}
        if view_id not in known:
            raise NotFound(f"Expected a saved view {view_id}, but you have none.")
        if any(row.name == values.get("name") for row in known.values() if row.id != view_id):
            raise Conflict(f"Expected a new name, but you have a view '{values['name']}' already.",
                           [{"field": "name", "message": "Nama ini sudah dipakai."}])

        if default:
            forget_default(connection, actor.person_id)
        if values:
            update_view(connection, actor.person_id, view_id, values)
        now = {**known[view_id]._mapping, **values}
    return {"id": view_id, "name": now["name"], "filters": now["filters"], "default": now["is_default"]}
