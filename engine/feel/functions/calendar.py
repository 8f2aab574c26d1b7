"""Alur's own functions on working time: `hari kerja`, `tambah waktu kerja`, `hari libur`.

Owns their conversion to and from the injected calendar. Without a calendar, or outside Python's years, they are null.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, Final

from engine.feel.code import Frame, whole
from engine.feel.functions.registry import built_in
from engine.feel.functions.temporal import current
from engine.feel.temporal import DAY, MINUTE, Date, DateTime, DayTime, instant, is_local
from engine.feel.values import to_feel

_MAX_DAYS: Final = 100_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def _python_date(value: Date | DateTime) -> date | None:
    day = value.date if isinstance(value, DateTime) else value
    return date(day.year, day.month, day.day) if 1 <= day.year <= 9999 else None


def _moment(value: DateTime, frame: Frame) -> datetime | None:
    """The moment in UTC; a local one is read in the zone of the injected clock."""
    if not 2 <= value.date.year <= 9998:
        return None
    micros = timedelta(microseconds=instant(value) // 1000)
    if not is_local(value):
        return _EPOCH + micros
    now = current(frame)
    return None if now is None or now.tzinfo is None else (_EPOCH + micros).replace(tzinfo=now.tzinfo)


def _shown(moment: datetime, like: Any, frame: Frame) -> Any:
    """The moment at the offset of `like`, or in the zone of the clock."""
    now = current(frame)
    zone = now.tzinfo if now is not None else UTC
    if isinstance(like, DateTime) and like.time.offset is not None:
        zone = timezone(timedelta(seconds=like.time.offset))
    return to_feel(moment.astimezone(zone))


@built_in("hari kerja(n: number, [mulai: date and time?])", "date and time", frame=True)
def _working_days(frame: Frame, days: Decimal, start: DateTime | None = None) -> Any:
    """The end of the nth working day after now, or after `mulai`."""
    calendar, count = frame.environment.working_calendar, whole(days)
    at = current(frame) if start is None else _moment(start, frame)
    if calendar is None or at is None or count is None or not 0 <= count <= _MAX_DAYS:
        return None
    frame.account.charge(100)
    try:
        return _shown(calendar.add_working_days(at, count), start, frame)
    except OverflowError:
        return None


@built_in("tambah waktu kerja(moment: date and time, duration: days and time duration)", "date and time", frame=True)
def _add_working_time(frame: Frame, start: DateTime, duration: DayTime) -> Any:
    """The moment after so many working days (the days of the duration) and office hours (the rest)."""
    calendar, at = frame.environment.working_calendar, _moment(start, frame)
    if calendar is None or at is None or not 0 <= duration.nanos <= _MAX_DAYS * DAY:
        return None
    frame.account.charge(100)
    days, rest = divmod(duration.nanos, DAY)
    try:
        if days:
            at = calendar.add_working_days(at, days)
        if rest:
            at = calendar.add_working_minutes(at, rest // MINUTE)
        return _shown(at, start, frame)
    except OverflowError:
        return None


@built_in("hari libur(date: day)", "boolean", frame=True)
def _is_day_off(frame: Frame, value: Date | DateTime) -> bool | None:
    """Whether the office does not open on that date."""
    calendar, day = frame.environment.working_calendar, _python_date(value)
    return None if calendar is None or day is None else not calendar.is_working_day(day)
