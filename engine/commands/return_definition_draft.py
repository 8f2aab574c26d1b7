"""A second person gives a draft back to the analysts, with the reason."""

from typing import Any

from engine.assignment import Actor, may_review
from engine.context import Context
from engine.drafting import locked_draft, saved
from engine.errors import Forbidden
from engine.reviewing import note, require_reviewer, tell
from engine.storage.drafts import update_draft
from engine.storage.history import append_administration


def return_definition_draft(
    context: Context, actor: Actor, key: str, reason: str, *, version: int | None = None
) -> dict[str, Any]:
    """Returns the draft `key` to be worked on.

    Args:
        version: the version of the draft that was read; None does not compare.

    Returns:
        `{key, name, profile, version, etag, status}`.

    Raises:
        Forbidden: no reviewer, or who handed it in or edited it last. NotFound. WrongState: it is not in review.
        InvalidInput: no reason. DraftChanged: another version was read.
    """
    if not may_review(actor):
        raise Forbidden("Expected an analyst or leader to review drafts.")
    kept = note(reason, "reason", required=True)
    with context.database.write() as connection:
        row = locked_draft(connection, key)
        require_reviewer(row, actor, version)

        now = context.clock.now()
        reviewed = {"reviewed_at": now, "reviewed_by": actor.username, "review_note": kept}
        update_draft(connection, key, {"status": "draft", **reviewed})
        facts = {"key": key, "version": row.version, "reason": kept}
        append_administration(connection, actor, "draft_returned", facts, now, element_id=key)
        subject = f"Rancangan SOP dikembalikan: {row.name}"
        body = f"{actor.name} mengembalikan rancangan ini. Alasan: {kept}"
        tell(context, connection, {row.submitted_by, row.updated_by}, subject, body, key)
        return saved(row) | {"status": "draft"}
