"""Throws a draft away."""

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.errors import Forbidden, NotFound
from engine.storage.drafts import delete_draft_row


def delete_definition_draft(context: Context, actor: Actor, key: str) -> None:
    """Deletes the draft `key`. Raises Forbidden, NotFound."""
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to delete drafts.")
    with context.database.write() as connection:
        if not delete_draft_row(connection, key):
            raise NotFound(f"Expected a draft '{key}', but there is none.")
