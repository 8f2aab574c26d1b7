"""Marks notifications as read: a person's own note, no act, so it leaves no history."""

from collections.abc import Sequence

from engine.assignment import Actor
from engine.context import Context
from engine.errors import InvalidInput
from engine.storage.notification_marks import mark, mark_until

MOST = 100
LONGEST_ID = 120


def read_notifications(context: Context, actor: Actor, ids: Sequence[str] | None = None) -> None:
    """Marks these notifications of the actor as read, or (None) everything until now.

    Raises:
        InvalidInput: more than 100 ids, or one that cannot be.
    """
    if ids is not None and (len(ids) > MOST or any(not 0 < len(one) <= LONGEST_ID for one in ids)):
        raise InvalidInput(f"Expected at most {MOST} ids of notifications, of at most {LONGEST_ID} characters.",
                           [{"field": "ids", "message": "Pemberitahuan tidak dikenal."}])
    with context.database.write() as connection:
        if ids is None:
            mark_until(connection, actor.person_id, context.clock.now())
        else:
            mark(connection, actor.person_id, ids)
