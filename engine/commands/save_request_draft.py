"""Keeps a start form that is not ready to be sent, to be taken up again by its link; no act, so it leaves no history.

The link holds 256 random bits and opens for its writer only. Uploads named in the draft stay as they are: the ids of
what was uploaded stand in it.
"""

import json
import secrets
from datetime import timedelta
from typing import Any

from engine.assignment import Actor, may_resume
from engine.change import newest_deployed
from engine.context import Context
from engine.errors import NotFound, TooLarge, WrongState
from engine.history.chain import moment
from engine.launch import require_start
from engine.storage import request_drafts
from forms.validate import draft

KEPT = timedelta(days=30)  # since it was last saved
MOST_DRAFTS = 20  # of one person
LARGEST_DRAFT = 256 * 1024  # bytes of JSON


def save_request_draft(
    context: Context, actor: Actor, definition: str, data: dict[str, Any], *, draft_id: str | None = None
) -> dict[str, Any]:
    """Stores the fields of `data` that the start form knows, whatever their validity; `draft_id` renews that draft.

    Returns:
        `{id, definition, data, updated_at, expires_at}`; `data` is what was kept.

    Raises:
        NotFound: no such definition, or no such draft of the actor. Forbidden: the actor may not start it.
        TooLarge: more than 256 KiB. WrongState: the actor has 20 drafts already.
    """
    now = context.clock.now()
    with context.database.write() as connection:
        request_drafts.remove_expired(connection, now)
        deployed = newest_deployed(context, connection, definition)
        require_start(actor, deployed)
        row = request_drafts.find_draft(connection, draft_id, now) if draft_id else None
        if draft_id and (row is None or not may_resume(actor, row.person_id) or row.definition != definition):
            raise NotFound("Expected a draft of your own that is not expired, but there is none.")

        kept = draft(deployed.start_form, data) if deployed.start_form else data
        if len(json.dumps(kept)) > LARGEST_DRAFT:
            raise TooLarge(f"Expected a draft of at most {LARGEST_DRAFT} bytes.")
        if row is None and request_drafts.count_drafts(connection, actor.person_id) >= MOST_DRAFTS:
            raise WrongState(f"Expected at most {MOST_DRAFTS} drafts, but you have them already; delete or send one.")

        values = {"data": kept, "updated_at": now, "expires_at": now + KEPT}
        if row is None:
            draft_id = secrets.token_urlsafe(32)
            request_drafts.insert_draft(connection, draft_id, actor.person_id, definition, **values)
        else:
            request_drafts.update_draft(connection, row.id, values)
    return {
        "id": draft_id, "definition": definition, "data": kept, "updated_at": moment(now),
        "expires_at": moment(now + KEPT),
    }  # fmt: skip
