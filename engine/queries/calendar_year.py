"""The working calendar of a year, day by day, as it stands now; and the decrees that made it."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, func, or_, select

from engine.assignment import Actor
from engine.context import Context
from engine.decrees import FIRST_YEAR, LAST_YEAR, RAMADAN
from engine.errors import InvalidInput, NotFound
from engine.history.chain import moment
from engine.office_hours import OfficeHours
from engine.people import require_administrator
from engine.queries.cursor import decode, page_of
from engine.storage import people
from engine.storage.calendars import OFFICE
from engine.storage.recomputations import job_of
from engine.storage.tables import agencies, calendar_changes
from engine.working_calendar import RamadanPeriod


def calendar_year(context: Context, year: int, agency_code: str | None = None) -> dict[str, Any]:
    """The days of `year` for an agency, or the national ones: `{year, months, holidays, working_days, ramadan}`.

    Each month is `{number, days, working_days}`; each day `{date, weekday (0 = Monday), kind, name, decree, ramadan}`
    with kind "kerja", "akhir_pekan" or the category of the holiday.

    Raises:
        InvalidInput: a year outside the calendar. NotFound: no such agency.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"Expected a year from {FIRST_YEAR} to {LAST_YEAR}, but got {year}."
        raise InvalidInput(message, [{"field": "year", "message": message}])
    with context.database.read() as connection:
        hours, agency_id = OfficeHours(), None
        if agency_code:
            row = people.agency_row(connection, agency_code)
            if row is None:
                raise NotFound(f"Expected the agency '{agency_code}' to exist, but it does not.")
            agency_id, hours = row.id, OfficeHours.from_json(row.office) if row.office else hours
        named, ramadan = _folded(connection, year, agency_id)
    months = [_month(year, number, hours, named, ramadan) for number in range(1, 13)]
    days = [day for month in months for day in month["days"]]
    return {
        "year": year, "months": months, "holidays": [day for day in days if day["name"]],
        "working_days": sum(month["working_days"] for month in months),
        "ramadan": None if ramadan is None else [ramadan.first.isoformat(), ramadan.last.isoformat()],
    }  # fmt: skip


def _folded(
    connection: Connection, year: int, agency_id: int | None
) -> tuple[dict[date, RowMapping], RamadanPeriod | None]:
    """What the changes say of the year's days, the last word counts; as `storage.calendars.calendar_at` folds them."""
    rows = connection.execute(
        select(calendar_changes)
        .where(
            or_(calendar_changes.c.agency_id.is_(None), calendar_changes.c.agency_id == agency_id),
            calendar_changes.c.date.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(calendar_changes.c.version, calendar_changes.c.id)
    ).mappings()
    named: dict[date, RowMapping] = {}
    ramadan = None
    for row in rows:
        if row["category"] == RAMADAN:
            ramadan = RamadanPeriod(row["date"], date.fromisoformat(row["name"]))
        elif row["category"] != OFFICE:
            named.pop(row["date"], None)
            if row["name"] is not None:
                named[row["date"]] = row
    return named, ramadan


def _month(
    year: int, number: int, hours: OfficeHours, named: Mapping[date, RowMapping], ramadan: RamadanPeriod | None
) -> dict[str, Any]:
    days = []
    for day in (date(year, number, ordinal) for ordinal in range(1, monthrange(year, number)[1] + 1)):
        fasting = ramadan is not None and ramadan.first <= day <= ramadan.last
        week = hours.ramadan_week if fasting else hours.week
        holiday = named.get(day)
        kind = str(holiday["category"]) if holiday else "kerja" if week[day.weekday()] else "akhir_pekan"
        days.append({
            "date": day.isoformat(), "weekday": day.weekday(), "kind": kind, "ramadan": fasting,
            "name": holiday["name"] if holiday else None, "decree": holiday["decree"] if holiday else None,
        })  # fmt: skip
    return {"number": number, "days": days, "working_days": sum(day["kind"] == "kerja" for day in days)}


def list_decrees(
    context: Context, actor: Actor | None, *, limit: int = 25, cursor: str | None = None
) -> dict[str, Any]:
    """One page of calendar versions, newest first, with the days that each changed. Raises Forbidden, InvalidInput."""
    require_administrator(actor)
    versions = (
        select(calendar_changes.c.version, func.count().label("days"))
        .where(calendar_changes.c.version > 0)
        .group_by(calendar_changes.c.version)
        .order_by(calendar_changes.c.version.desc())
        .limit(limit + 1)
    )
    if cursor:
        versions = versions.where(calendar_changes.c.version < decode(cursor, int)[0])
    with context.database.read() as connection:
        found = connection.execute(versions).all()
        return page_of(
            found, limit, lambda row: (row.version,), lambda row: _decree(connection, row.version, row.days)
        )


def recomputation(connection: Connection, version: int) -> dict[str, Any] | None:
    """How far open requests follow a calendar version: `{total, examined, moved, failed, finished_at}`."""
    row = job_of(connection, version)
    if row is None:
        return None
    return {
        "total": row.total, "examined": row.examined, "moved": row.moved, "failed": row.failed,
        "finished_at": moment(row.finished_at) if row.finished_at else None,
    }  # fmt: skip


DAYS_SHOWN = 12


def _decree(connection: Connection, version: int, count: int) -> dict[str, Any]:
    rows = connection.execute(
        select(calendar_changes, agencies.c.name.label("agency"))
        .outerjoin(agencies, agencies.c.id == calendar_changes.c.agency_id)
        .where(calendar_changes.c.version == version)
        .order_by(calendar_changes.c.date, calendar_changes.c.id)
        .limit(DAYS_SHOWN)
    ).all()
    first = rows[0]
    return {
        "version": version, "decree": first.decree, "at": moment(first.at), "by": first.by, "count": count,
        "recomputation": recomputation(connection, version),
        "changes": [
            {"date": row.date.isoformat(), "name": row.name, "category": row.category, "agency": row.agency}
            for row in rows
        ],
    }  # fmt: skip
