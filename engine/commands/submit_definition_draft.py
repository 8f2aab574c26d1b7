"""Hands a draft in for review by a second person; it must have no error."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.deployment import require_valid
from engine.drafting import open_draft, saved
from engine.reviewing import note, require_own_key, require_state, reviewers, tell, verdict_of
from engine.storage.drafts import update_draft
from engine.storage.history import append_administration


def submit_definition_draft(
    context: Context, actor: Actor, key: str, remark: str = "", *, if_match: str | None = None
) -> dict[str, Any]:
    """Puts the draft `key` into review; `remark` tells the reviewer what it is about.

    Returns:
        `{key, name, profile, version, etag, status}`.

    Raises:
        Forbidden, NotFound, DraftChanged. WrongState: it is handed in already. InvalidInput: too long a remark.
        DiagramRefused: every error of the draft in `errors`.
    """
    kept = note(remark, "note")
    with context.database.write() as connection:
        row = open_draft(connection, actor, key, if_match)
        require_state(row, "draft")
        require_own_key(row)
        require_valid(verdict_of(connection, row))

        now = context.clock.now()
        update_draft(connection, key, {
            "status": "in_review", "submitted_at": now, "submitted_by": actor.username, "submit_note": kept,
            "reviewed_at": None, "reviewed_by": None, "review_note": None,
        })  # fmt: skip
        facts = {"key": key, "version": row.version, "note": kept}
        append_administration(connection, actor, "draft_submitted", facts, now, element_id=key)
        subject = f"Rancangan SOP menunggu tinjauan: {row.name}"
        body = f"{actor.name} mengajukan rancangan ini untuk ditinjau. {kept}".strip()
        others = [one for one in reviewers(context, connection, row) if one.username != actor.username]
        tell(context, connection, others, subject, body, key)
        return saved(row) | {"status": "in_review"}
