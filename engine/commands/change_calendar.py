"""A decree changes the calendar: a new version is stored; open deadlines are reckoned anew by recorded events."""

from collections.abc import Sequence
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.decrees import read_changes
from engine.people import require_administrator
from engine.rescheduling import recompute_all
from engine.storage import agencies, calendars
from engine.storage.history import append_administration


def change_calendar(
    context: Context, actor: Actor | None, changes: Sequence[dict[str, Any]], *, decree: str
) -> dict[str, Any]:
    """Adds days off (or makes days working days again) and moves what is open and not yet due.

    Args:
        changes: as `decrees.read_changes` takes them.
        decree: the number of the decree, which is the reason that history keeps.

    Returns:
        `{version, moved}`: the new calendar version and how many requests got other deadlines.

    Raises:
        Forbidden. InvalidInput: no decree or a change that cannot be read.
    """
    require_administrator(actor)
    rows = read_changes(changes, decree)
    with context.database.write() as connection:
        agencies.require_agencies(connection, {row["agency_id"] for row in rows} - {None})
        by = actor.username if actor else "alur"
        version = calendars.add_changes(connection, rows, decree=decree.strip(), at=context.clock.now(), by=by)
        facts = {"version": version, "decree": decree.strip(), "changes": [{**r, "date": str(r["date"])} for r in rows]}
        append_administration(connection, actor, "calendar_changed", facts, context.clock.now())
    return {"version": version, "moved": recompute_all(context, actor)}
