"""Throws a draft away, with its forms and decisions."""

from engine.assignment import Actor
from engine.context import Context
from engine.drafting import locked_draft, require_editor
from engine.storage.drafts import delete_draft_row
from engine.storage.history import append_administration


def delete_definition_draft(context: Context, actor: Actor, key: str) -> None:
    """Deletes the draft `key`. Raises Forbidden, NotFound."""
    require_editor(actor)
    with context.database.write() as connection:
        row = locked_draft(connection, key)
        delete_draft_row(connection, key)
        facts = {"key": key, "version": row.version, "was": row.status}
        append_administration(connection, actor, "draft_deleted", facts, context.clock.now(), element_id=key)
