"""What a report is about: a bounded period, and perhaps one SOP, version, agency or role. The door of all reports."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Table, select

from engine.assignment import CONFIDENTIAL, Actor, may_be_listed, may_read_reports
from engine.context import Context
from engine.errors import Forbidden, InvalidInput
from engine.queries.remaining import DEFAULT_ZONE
from engine.storage.tables import agencies, definitions, instances

MOST_DAYS = 1100  # of a period: three years
USUAL_MONTHS = 3


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """What to count.

    Attributes:
        since, until: days on the agencies' calendars, both included; None = the usual period, which ends today.
        definition, version: one SOP by key, and one of its versions. agency: its code. role: who performs.
        element: one activity, by its id.
    """

    since: date | None = None
    until: date | None = None
    definition: str | None = None
    version: int | None = None
    agency: str | None = None
    role: str | None = None
    element: str | None = None

    @property
    def days(self) -> tuple[date, date]:
        """First and last day; only after `checked`."""
        if self.since is None or self.until is None:
            raise ValueError("Expected a checked filter, but its period is open.")
        return self.since, self.until


def checked(context: Context, actor: Actor, wanted: ReportFilter, months: int = USUAL_MONTHS) -> ReportFilter:
    """The filter with its period filled in: without days, this month and the `months` - 1 before.

    Raises:
        Forbidden: the actor may not read reports. InvalidInput: a period that ends before it begins, or is too long.
    """
    if not may_read_reports(actor):
        raise Forbidden("Expected a leader, auditor, analyst or administrator to read reports.")
    until = wanted.until or context.clock.now().astimezone(ZoneInfo(DEFAULT_ZONE)).date()
    since = wanted.since or _first_of_month(until, months - 1)
    if since > until:
        raise _wrong("since", f"Expected a period that begins before it ends, but got {since} to {until}.",
                     "Tanggal awal harus sebelum tanggal akhir.")  # fmt: skip
    if (until - since).days > MOST_DAYS:
        raise _wrong("since", f"Expected at most {MOST_DAYS} days, but {since} to {until} is longer.",
                     f"Pilih rentang paling lama {MOST_DAYS} hari.")  # fmt: skip
    return replace(wanted, since=since, until=until)


def _first_of_month(day: date, back: int) -> date:
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def _wrong(field: str, message: str, words: str) -> InvalidInput:
    return InvalidInput(message, [{"field": field, "message": words}])


def about(wanted: ReportFilter, table: Table, *, role: Any = None, element: Any = None) -> list[ColumnElement[bool]]:
    """The conditions on rows of `table` (with definition_id and agency_id), without the period.

    Args:
        role, element: the columns that hold them, where rows are tasks.
    """
    found: list[ColumnElement[bool]] = []
    if wanted.definition is not None:
        versions = select(definitions.c.id).where(definitions.c.key == wanted.definition)
        if wanted.version is not None:
            versions = versions.where(definitions.c.version == wanted.version)
        found.append(table.c.definition_id.in_(versions))
    if wanted.agency is not None:
        code = select(agencies.c.id).where(agencies.c.code == wanted.agency)
        found.append(table.c.agency_id.in_(code))
    if wanted.role is not None and role is not None:
        found.append(role == wanted.role)
    if wanted.element is not None and element is not None:
        found.append(element == wanted.element)
    return found


def within(wanted: ReportFilter, on: Any) -> list[ColumnElement[bool]]:
    """The period as conditions on a column of days."""
    since, until = wanted.days
    return [on >= since, on <= until]


def roughly_within(wanted: ReportFilter, at: Any) -> list[ColumnElement[bool]]:
    """A day more at both ends on a column of moments: what an index can walk before the days decide."""
    since, until = wanted.days
    zone = ZoneInfo(DEFAULT_ZONE)
    first, last = (_midnight(day, zone) for day in (since - timedelta(days=1), until + timedelta(days=2)))
    return [at >= first, at < last]


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def listed(actor: Actor) -> list[ColumnElement[bool]]:
    """The condition on `instances` of what reports name to the actor."""
    return [] if may_be_listed(actor, CONFIDENTIAL) else [instances.c.confidentiality != CONFIDENTIAL]
