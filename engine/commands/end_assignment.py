"""Ends an assignment: the person holds the post until a last day and no longer."""

from datetime import date
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import personnel
from engine.storage.history import append_administration


def end_assignment(
    context: Context, actor: Actor | None, assignment_id: int, *, valid_until: date, reason: str
) -> dict[str, Any]:
    """Sets the last day (inclusive) of an assignment; a day before it began withdraws it altogether.

    Raises:
        Forbidden: the actor is no administrator.
        NotFound: no such assignment.
        InvalidInput: no reason.
    """
    rules.require_administrator(actor)
    reason = rules.text("reason", reason, 500)

    with context.database.write() as connection:
        row = personnel.assignment_row(connection, assignment_id)
        if row is None:
            raise NotFound(f"Expected the assignment {assignment_id} to exist, but there is none.")
        personnel.end_assignment_on(connection, assignment_id, valid_until)
        data = {
            "id": assignment_id, "reason": reason, "new": {"valid_until": valid_until.isoformat()},
            "old": {"valid_until": row.valid_until and row.valid_until.isoformat()},
        }  # fmt: skip
        append_administration(connection, actor, "assignment_ended", data, context.clock.now())
    return data
