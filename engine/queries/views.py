"""The saved views of a person's task list."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.storage.views import views_of


def views(context: Context, actor: Actor) -> list[dict[str, Any]]:
    """`{id, name, filters, default}` of the actor's own views, by name."""
    with context.database.read() as connection:
        rows = views_of(connection, actor.person_id)
    return [{"id": row.id, "name": row.name, "filters": row.filters, "default": row.is_default} for row in rows]
