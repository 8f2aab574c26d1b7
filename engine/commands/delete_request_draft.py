"""Deletes a draft of a request; its writer changed their mind."""

from engine.assignment import Actor, may_resume
from engine.context import Context
from engine.errors import NotFound
from engine.storage import request_drafts


def delete_request_draft(context: Context, actor: Actor, draft_id: str) -> None:
    """Deletes the actor's draft. Raises NotFound: no such draft of the actor."""
    with context.database.write() as connection:
        row = request_drafts.find_draft(connection, draft_id, context.clock.now())
        if row is None or not may_resume(actor, row.person_id):
            raise NotFound("Expected a draft of your own that is not expired, but there is none.")
        request_drafts.remove_draft(connection, draft_id, actor.person_id)
