"""Throws away what nobody handed in: drafts of requests whose time is over, uploads that belong to nothing.

An upload becomes part of a request when it is handed in (`bind`) or attached to a task; whatever a history refers to is
therefore bound, and nothing bound is ever touched. Of the rest, what a draft still names stays.
"""

from datetime import timedelta

from engine.context import Context
from engine.storage.attachments import discard_bytes, forget_uploads, named_in_drafts, unbound_before
from engine.storage.request_drafts import remove_expired

GRACE = timedelta(days=7)
MOST = 200


def discard_uploads(context: Context) -> int:
    """Deletes up to 200 uploads older than a week that no request, task or draft has; returns how many."""
    now = context.clock.now()
    with context.database.write() as connection:
        remove_expired(connection, now)
    with context.database.read() as connection:
        unbound = unbound_before(connection, now - GRACE)
        kept = named_in_drafts(connection) if unbound else set()
    lost = [one for one in unbound if one not in kept][:MOST]
    if not lost:
        return 0
    with context.database.write() as connection:
        contents = forget_uploads(connection, lost)
    for sha256 in contents:
        discard_bytes(context.settings.data_dir, sha256, context.wall.now() - GRACE)
    return len(lost)
