"""FEEL's temporal values and their arithmetic: date, time, date and time, and both durations.

Owns years from -999,999,999 to 999,999,999 in the proleptic Gregorian calendar, nanoseconds, offsets and zones. Must
not read a clock and must not parse text (`temporal_text.py` does).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

MAX_YEAR = 999_999_999
SECOND = 1_000_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
_CYCLE_DAYS = 146_097  # days in 400 years


def is_leap(year: int) -> bool:
    """Whether `year` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar."""

    year: int
    month: int
    day: int

    @property
    def ordinal(self) -> int:
        """Days since 1970-01-01."""
        year = self.year - (self.month <= 2)
        era, of_era = divmod(year, 400)
        of_year = (153 * ((self.month + 9) % 12) + 2) // 5 + self.day - 1
        return era * _CYCLE_DAYS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468

    @property
    def weekday(self) -> int:
        """1 for Monday to 7 for Sunday."""
        return (self.ordinal + 3) % 7 + 1


def make_date(year: int, month: int, day: int) -> Date | None:
    """The date, or None when there is no such day."""
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return Date(year, month, day)


def date_of_ordinal(ordinal: int) -> Date | None:
    """The date that many days after 1970-01-01, or None outside the years FEEL knows."""
    era, of_era = divmod(ordinal + 719_468, _CYCLE_DAYS)
    year_of_era = (of_era - of_era // 1460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (month <= 2)
    return make_date(year, month, of_year - (153 * shifted + 2) // 5 + 1)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day, local, with an offset in seconds east of UTC, or in a named zone."""

    nanos: int
    offset: int | None = None
    zone: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether neither offset nor zone is known."""
        return self.offset is None and self.zone is None


@dataclass(frozen=True, slots=True)
class DateTime:
    """A moment as a date and a time of day."""

    date: Date
    time: Time


@dataclass(frozen=True, slots=True)
class DayTime:
    """A days and time duration, in nanoseconds."""

    nanos: int


@dataclass(frozen=True, slots=True)
class YearMonth:
    """A years and months duration, in months."""

    months: int


def time_offset(value: Time, on: Date | None = None) -> int | None:
    """Seconds east of UTC of a time, on a day where its zone changes with the season; None when local."""
    if value.zone is None:
        return value.offset
    day = on or Date(2000, 1, 1)
    # Outside Python's years the zone's rules repeat with the calendar: same leap years, same weekdays every 400 years.
    year = day.year if 2 <= day.year <= 9998 else 2000 + day.year % 400
    midnight = datetime(year, day.month, day.day, tzinfo=UTC).replace(tzinfo=_zone(value.zone))
    offset = (midnight + timedelta(seconds=value.nanos // SECOND)).utcoffset()
    return None if offset is None else int(offset.total_seconds())


@lru_cache(maxsize=256)
def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # late: it costs 3 ms, and few expressions name a zone

    return ZoneInfo(name)


@lru_cache(maxsize=256)
def zone_exists(name: str) -> bool:
    """Whether `name` is a zone of the IANA database."""
    from zoneinfo import ZoneInfoNotFoundError

    try:
        _zone(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def instant(value: Date | DateTime) -> int:
    """Nanoseconds since 1970; a date is its midnight in UTC, a local moment counts as if in UTC."""
    if isinstance(value, Date):
        return value.ordinal * DAY
    offset = time_offset(value.time, value.date) or 0
    return value.date.ordinal * DAY + value.time.nanos - offset * SECOND


def is_local(value: DateTime | Time) -> bool:
    """Whether neither offset nor zone is known."""
    return value.time.is_local if isinstance(value, DateTime) else value.is_local


def time_of_day(value: Time) -> int:
    """Nanoseconds since midnight in UTC (or local, when no offset is known), for comparing times."""
    return value.nanos - (time_offset(value) or 0) * SECOND


def moment_of(nanos: int, offset: int | None, zone: str | None) -> DateTime | None:
    """The moment `nanos` after 1970-01-01T00:00:00 UTC, shown at `offset` or in `zone`."""
    if zone is not None:
        offset = _offset_at(nanos, zone)
    days, rest = divmod(nanos + (offset or 0) * SECOND, DAY)
    day = date_of_ordinal(days)
    return None if day is None else DateTime(day, Time(rest, None if zone else offset, zone))


def _offset_at(nanos: int, zone: str) -> int:
    days, rest = divmod(nanos, DAY)
    day = date_of_ordinal(days) or Date(2000, 1, 1)
    year = day.year if 2 <= day.year <= 9998 else 2000 + day.year % 400
    at = datetime(year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=rest // SECOND)
    offset = at.astimezone(_zone(zone)).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def add_months(value: Date, months: int) -> Date | None:
    """The same day `months` later, or the last day of that month when it has no such day."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if abs(year) > MAX_YEAR:
        return None
    return make_date(year, month + 1, min(value.day, month_length(year, month + 1)))


def add_duration(
    value: Date | DateTime | Time, duration: DayTime | YearMonth, sign: int = 1
) -> Date | DateTime | Time | None:
    """`value` plus (or minus) a duration; None where FEEL has no such sum."""
    if isinstance(duration, YearMonth):
        if isinstance(value, Time):
            return None
        day = add_months(value if isinstance(value, Date) else value.date, sign * duration.months)
        if day is None or isinstance(value, Date):
            return day
        return DateTime(day, value.time)
    nanos = sign * duration.nanos
    if isinstance(value, Time):
        return Time((value.nanos + nanos) % DAY, value.offset, value.zone)
    if isinstance(value, Date):
        return date_of_ordinal((value.ordinal * DAY + nanos) // DAY)
    return moment_of(instant(value) + nanos, value.time.offset, value.time.zone)


def months_between(start: Date | DateTime, end: Date | DateTime) -> YearMonth:
    """Whole months from the day of `start` to the day of `end`, negative when `end` is earlier; hours do not count."""
    a = start if isinstance(start, Date) else start.date
    b = end if isinstance(end, Date) else end.date
    months = (b.year - a.year) * 12 + b.month - a.month
    if months > 0 and b.day < a.day:
        months -= 1
    elif months < 0 and b.day > a.day:
        months += 1
    return YearMonth(months)
