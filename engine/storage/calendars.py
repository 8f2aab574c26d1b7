"""The working calendar of an agency at a calendar version, folded from the append-only `calendar_changes`."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select

from engine.office_hours import OfficeHours
from engine.storage.locks import serialise
from engine.storage.tables import agencies, calendar_changes
from engine.working_calendar import RamadanPeriod, WorkingCalendar

RAMADAN = "ramadan"  # category of a row whose date is the first day of fasting and whose name is the last (ISO)
newest_version = select(func.coalesce(func.max(calendar_changes.c.version), 0)).scalar_subquery()


def current_version(connection: Connection) -> int:
    """The newest calendar version; 0 before the first seeding."""
    return int(connection.execute(select(newest_version)).scalar_one())


def calendar_at(connection: Connection, agency_id: int, version: int) -> WorkingCalendar:
    """The calendar of an agency as it was known at `version`: national days, then the agency's own, in order."""
    agency = connection.execute(
        select(agencies.c.zone, agencies.c.office).where(agencies.c.id == agency_id)
    ).one()
    rows = connection.execute(
        select(calendar_changes.c.date, calendar_changes.c.name, calendar_changes.c.category)
        .where(
            calendar_changes.c.version <= version,
            or_(calendar_changes.c.agency_id.is_(None), calendar_changes.c.agency_id == agency_id),
        )
        .order_by(calendar_changes.c.id)
    )
    days: dict[date, str] = {}
    ramadan: dict[int, RamadanPeriod] = {}
    for row in rows:
        if row.category == RAMADAN:
            ramadan[row.date.year] = RamadanPeriod(row.date, date.fromisoformat(row.name))
            continue
        days.pop(row.date, None)
        if row.name is not None:
            days[row.date] = row.name
    office = OfficeHours.from_json(agency.office) if agency.office else OfficeHours()
    return WorkingCalendar(version, agency.zone, office, tuple(ramadan.values()), days)


def add_changes(
    connection: Connection, changes: Iterable[dict[str, Any]], *, decree: str, at: datetime, by: str
) -> int:
    """Appends changes `{date, name|None, category, agency_id|None}` as one new version and returns it."""
    serialise(connection, "calendar")
    version = current_version(connection) + 1
    rows = [{"version": version, "decree": decree, "at": at, "by": by, "agency_id": None, **row} for row in changes]
    connection.execute(insert(calendar_changes), rows)
    return version
