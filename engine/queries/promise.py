"""How long a service may take, by its SOP: in days and hours, and as a date if one asked now."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.context import Context
from engine.durations import MomentOutOfRange
from engine.history.chain import moment
from engine.promise import Promise, promise
from engine.queries.sop import deployed_version
from engine.storage.calendars import calendar_at, current_version
from engine.storage.definitions import find_id
from engine.storage.tables import agencies
from engine.working_calendar import WorkingCalendar


def promised(context: Context, key: str) -> dict[str, Any]:
    """`{months, working_days, working_minutes, calendar_days, untimed, own_steps, by, zone}` of the version in force.

    `by` is when the last step is due if it begins now and nobody waits for the applicant; None when the SOP leaves a
    step without a time, promises nothing, or belongs to no agency whose calendar would count.

    Raises:
        NotFound: no such definition.
    """
    with context.database.read() as connection:
        deployed = deployed_version(context, connection, find_id(connection, key, at=context.clock.now()))
        found = promise(deployed.diagram.main)
        by, zone = None, None
        if deployed.agency_id is not None and found.path and not found.untimed:
            calendar = _calendar(context, connection, deployed.agency_id)
            zone = connection.execute(select(agencies.c.zone).where(agencies.c.id == deployed.agency_id)).scalar_one()
            by = _by(found, context.clock.now(), calendar)
    return {
        "months": found.months, "working_days": found.working_days, "working_minutes": found.working_minutes,
        "calendar_days": found.calendar_days, "untimed": found.untimed, "own_steps": found.own_steps,
        "by": moment(by) if by else None, "zone": zone,
    }  # fmt: skip


def _calendar(context: Context, connection: Connection, agency_id: int) -> WorkingCalendar:
    version = current_version(connection)
    return context.calendars.get((agency_id, version), lambda: calendar_at(connection, agency_id, version))


def _by(found: Promise, now: datetime, calendar: WorkingCalendar) -> datetime | None:
    try:
        return found.by(now, calendar)
    except MomentOutOfRange:
        return None
