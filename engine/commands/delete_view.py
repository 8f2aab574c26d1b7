"""Throws a saved view of the task list away; the tasks in it stay where they are."""

from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage.views import delete_view_row


def delete_view(context: Context, actor: Actor, view_id: int) -> None:
    """Deletes an own view. Raises NotFound: the actor has no such view."""
    with context.database.write() as connection:
        if not delete_view_row(connection, actor.person_id, view_id):
            raise NotFound(f"Expected a saved view {view_id}, but you have none.")
