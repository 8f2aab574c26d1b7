"""Built-in functions on dates, times and durations.

Owns how they are made and asked; the arithmetic is `engine.feel.temporal`.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from engine.feel.code import Frame, whole
from engine.feel.functions.registry import built_in
from engine.feel.temporal import (
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DayTime,
    Time,
    YearMonth,
    make_date,
    months_between,
    zone_exists,
)
from engine.feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time
from engine.feel.values import to_feel

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MAX_OFFSET: Final = 18 * HOUR


@built_in("date(from: string)", "date")
@built_in("date(from: day)", "date")
def _date(value: Any) -> Date | None:
    if isinstance(value, str):
        return parse_date(value)
    return value.date if isinstance(value, DateTime) else value


@built_in("date(year: number, month: number, day: number)", "date")
def _date_of(year: Decimal, month: Decimal, day: Decimal) -> Date | None:
    parts = [whole(part) for part in (year, month, day)]
    return None if None in parts else make_date(*[part or 0 for part in parts])


@built_in("time(from: string)", "time")
@built_in("time(from: time)", "time")
@built_in("time(from: day)", "time")
def _time(value: Any) -> Time | None:
    if isinstance(value, str):
        return parse_time(value)
    if isinstance(value, Date):
        return Time(0, 0)  # a date is its midnight in UTC
    return value.time if isinstance(value, DateTime) else value


@built_in("time(hour: number, minute: number, second: number, [offset: days and time duration?])", "time")
def _time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: DayTime | None = None) -> Time | None:
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or not (0 <= hours < 24 and 0 <= minutes < 60 and 0 <= second < 60):
        return None
    if offset is not None and abs(offset.nanos) > _MAX_OFFSET:
        return None
    nanos = hours * HOUR + minutes * MINUTE + int(second.scaleb(9))
    return Time(nanos, None if offset is None else int(offset.nanos / SECOND))


@built_in("date and time(from: string)", "date and time")
def _date_time(value: str) -> DateTime | None:
    return parse_date_time(value)


@built_in("date and time(from: date and time)", "date and time")
def _same_date_time(value: DateTime) -> DateTime:
    return value


@built_in("date and time(date: day, time: time)", "date and time")
def _date_time_of(day: Date | DateTime, time: Time) -> DateTime:
    return DateTime(day.date if isinstance(day, DateTime) else day, time)


_PARTS: Final = "year: number, month: number, day: number, hour: number, minute: number, second: number"


@built_in(f"date and time({_PARTS}, [offset: days and time duration?])", "date and time")
def _date_time_of_parts(*parts: Any) -> DateTime | None:
    day, time = _date_of(*parts[:3]), _time_of(*parts[3:])
    return None if day is None or time is None else DateTime(day, time)


@built_in(f"date and time({_PARTS}, timezone: string)", "date and time")
def _date_time_in_zone(*parts: Any) -> DateTime | None:
    moment = _date_time_of_parts(*parts[:6])
    if moment is None or not zone_exists(parts[6]):
        return None
    return DateTime(moment.date, Time(moment.time.nanos, None, parts[6]))


@built_in("duration(from: string)")
@built_in("duration(from: duration)")
def _duration(value: Any) -> YearMonth | DayTime | None:
    return parse_duration(value) if isinstance(value, str) else value


@built_in("years and months duration(from: day, to: day)", "years and months duration")
def _years_and_months(start: Date | DateTime, end: Date | DateTime) -> YearMonth:
    return months_between(start, end)


def _day(value: Date | DateTime) -> Date:
    return value.date if isinstance(value, DateTime) else value


@built_in("day of year(date: day)", "number")
def _day_of_year(value: Date | DateTime) -> Decimal:
    day = _day(value)
    return Decimal(day.ordinal - Date(day.year, 1, 1).ordinal + 1)


@built_in("day of week(date: day)", "string")
def _day_of_week(value: Date | DateTime) -> str:
    return _DAYS[_day(value).weekday - 1]


@built_in("month of year(date: day)", "string")
def _month_of_year(value: Date | DateTime) -> str:
    return _MONTHS[_day(value).month - 1]


@built_in("week of year(date: day)", "number")
def _week_of_year(value: Date | DateTime) -> Decimal:
    """The ISO 8601 week: the one that holds the Thursday nearest to the day."""
    day = _day(value)
    thursday = day.ordinal + 4 - day.weekday
    for year in (day.year + 1, day.year, day.year - 1):
        first = Date(year, 1, 1).ordinal
        if first <= thursday:
            return Decimal((thursday - first) // 7 + 1)
    raise AssertionError(day)


def current(frame: Frame) -> datetime | None:
    """The injected moment, or None when there is no clock."""
    now = frame.environment.now
    return None if now is None else now()


@built_in("now()", "date and time", frame=True)
@built_in("sekarang()", "date and time", frame=True)
def _now(frame: Frame) -> DateTime | None:
    moment = current(frame)
    return None if moment is None else to_feel(moment)


@built_in("today()", "date", frame=True)
def _today(frame: Frame) -> Date | None:
    moment = current(frame)
    return None if moment is None else to_feel(moment.date())
