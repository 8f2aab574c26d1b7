"""A second person lets a draft pass; after that it may be deployed as it is."""

from typing import Any

from engine.assignment import Actor, may_review
from engine.context import Context
from engine.deployment import require_valid
from engine.drafting import locked_draft, saved
from engine.errors import Forbidden
from engine.reviewing import note, require_reviewer, tell, verdict_of
from engine.storage.drafts import update_draft
from engine.storage.history import append_administration


def approve_definition_draft(
    context: Context, actor: Actor, key: str, remark: str = "", *, version: int | None = None
) -> dict[str, Any]:
    """Approves the draft `key`; any later edit takes the approval away.

    Args:
        version: the version of the draft that was read; None does not compare.

    Returns:
        `{key, name, profile, version, etag, status}`.

    Raises:
        Forbidden: no reviewer, or who handed it in or edited it last. NotFound. WrongState: it is not in review.
        DraftChanged: another version was read. DiagramRefused: it has errors by now.
    """
    if not may_review(actor):
        raise Forbidden("Expected an analyst or leader to review drafts.")
    kept = note(remark, "note")
    with context.database.write() as connection:
        row = locked_draft(connection, key)
        require_reviewer(row, actor, version)
        require_valid(verdict_of(connection, row))

        now = context.clock.now()
        reviewed = {"reviewed_at": now, "reviewed_by": actor.username, "review_note": kept}
        update_draft(connection, key, {"status": "approved", **reviewed})
        facts = {"key": key, "version": row.version, "note": kept}
        append_administration(connection, actor, "draft_approved", facts, now, element_id=key)
        subject, body = f"Rancangan SOP disetujui: {row.name}", f"{actor.name} menyetujui rancangan ini. {kept}"
        tell(context, connection, {row.submitted_by, row.updated_by}, subject, body.strip(), key)
        return saved(row) | {"status": "approved"}
