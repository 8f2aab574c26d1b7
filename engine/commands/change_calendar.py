"""A decree changes the calendar: a new version is stored, and workers are asked to let open deadlines follow it."""

from collections.abc import Sequence
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.decrees import facts_of, read_changes
from engine.people import require_administrator
from engine.storage import agencies, calendars, recomputations
from engine.storage.history import append_administration


def change_calendar(
    context: Context, actor: Actor | None, changes: Sequence[dict[str, Any]], *, decree: str
) -> dict[str, Any]:
    """Adds days off (or makes days working days again); `recompute_deadlines` then moves what is open and not yet due.

    Args:
        changes: as `decrees.read_changes` takes them.
        decree: the number of the decree, which is the reason that history keeps.

    Returns:
        `{version, recomputing}`: the new calendar version and how many open requests are being reckoned by it.

    Raises:
        Forbidden. InvalidInput: no decree or a change that cannot be read.
    """
    require_administrator(actor)
    rows = read_changes(changes, decree)
    with context.database.write() as connection:
        agencies.require_agencies(connection, {row["agency_id"] for row in rows} - {None})
        by = actor.username if actor else "alur"
        now = context.clock.now()
        version = calendars.add_changes(connection, rows, decree=decree.strip(), at=now, by=by)
        concerned = {row["agency_id"] for row in rows}
        agency_id = concerned.pop() if len(concerned) == 1 else None
        recomputing = recomputations.add_job(connection, version, agency_id, now)
        facts = facts_of(version, decree.strip(), rows)
        append_administration(connection, actor, "calendar_changed", facts, now)
    return {"version": version, "recomputing": recomputing}
