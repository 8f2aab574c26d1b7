"""The working calendar of an agency at a calendar version, folded from the append-only `calendar_changes`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, insert, literal_column, or_, select

from engine.decrees import RAMADAN
from engine.office_hours import OfficeHours
from engine.storage.locks import serialise
from engine.storage.tables import agencies, calendar_changes
from engine.working_calendar import RamadanPeriod, WorkingCalendar

OFFICE = "kantor"  # category of a row that says an agency's zone and office hours from its version on
newest_version = select(func.coalesce(func.max(calendar_changes.c.version), literal_column("0"))).scalar_subquery()


def current_version(connection: Connection) -> int:
    """The newest calendar version; 0 before the first seeding."""
    return int(connection.execute(select(newest_version)).scalar_one())


def version_at(connection: Connection, at: datetime) -> int:
    """The calendar version that was the newest at a moment."""
    known = select(func.coalesce(func.max(calendar_changes.c.version), 0)).where(calendar_changes.c.at <= at)
    return int(connection.execute(known).scalar_one())


def calendar_at(
    connection: Connection, agency_id: int, version: int, pending: Sequence[Mapping[str, Any]] = ()
) -> WorkingCalendar:
    """The calendar of an agency as it was known at `version`: national days, then the agency's own, in order.

    `pending` are changes that nobody has stored yet, as `add_changes` takes them: the calendar as it would become.
    """
    agency = connection.execute(
        select(agencies.c.zone, agencies.c.office).where(agencies.c.id == agency_id)
    ).one()
    stored = connection.execute(
        select(calendar_changes.c.date, calendar_changes.c.name, calendar_changes.c.category, calendar_changes.c.office)
        .where(
            calendar_changes.c.version <= version,
            or_(calendar_changes.c.agency_id.is_(None), calendar_changes.c.agency_id == agency_id),
        )
        .order_by(calendar_changes.c.version, calendar_changes.c.id)
    ).mappings()
    mine = [row for row in pending if row.get("agency_id") in (None, agency_id)]
    zone, office = agency.zone, agency.office
    days: dict[date, str] = {}
    ramadan: dict[int, RamadanPeriod] = {}
    for row in (*stored, *mine):
        if row["category"] == OFFICE:
            zone, office = row["office"]["zone"], row["office"]["office"]
        elif row["category"] == RAMADAN:
            ramadan[row["date"].year] = RamadanPeriod(row["date"], date.fromisoformat(row["name"]))
        else:
            days.pop(row["date"], None)
            if row["name"] is not None:
                days[row["date"]] = row["name"]
    hours = OfficeHours.from_json(office) if office else OfficeHours()
    return WorkingCalendar(version + bool(pending), zone, hours, tuple(ramadan.values()), days)


def add_changes(
    connection: Connection, changes: Iterable[Mapping[str, Any]], *, decree: str, at: datetime, by: str
) -> int:
    """Appends changes `{date, name|None, category, agency_id|None, office|None}` as one new version and returns it."""
    serialise(connection, "calendar")
    version = current_version(connection) + 1
    _insert(connection, changes, version, decree, at, by)
    return version


def keep_first_office(
    connection: Connection, agency_id: int, day: date, office: Mapping[str, Any], at: datetime
) -> None:
    """Before an agency's hours or zone change for the first time: the earlier versions keep what they were."""
    known = select(calendar_changes.c.id).where(
        calendar_changes.c.agency_id == agency_id, calendar_changes.c.category == OFFICE
    )
    if connection.execute(known.limit(1)).first() is None:
        first = {"date": day, "name": None, "category": OFFICE, "agency_id": agency_id, "office": dict(office)}
        _insert(connection, [first], 0, "", at, "alur")


def _insert(
    connection: Connection, changes: Iterable[Mapping[str, Any]], version: int, decree: str, at: datetime, by: str
) -> None:
    common = {"version": version, "decree": decree, "at": at, "by": by, "agency_id": None, "office": None}
    connection.execute(insert(calendar_changes), [{**common, **row} for row in changes])
