"""Text to temporal values and back: ISO 8601 as XML Schema and FEEL restrict it.

Owns the lexical forms of dates, times, date-times (with `Z`, offset or `@Zone`) and durations.
"""

import re

from engine.feel.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DayTime,
    Time,
    YearMonth,
    date_of_ordinal,
    make_date,
    zone_exists,
)

Temporal = Date | Time | DateTime | DayTime | YearMonth

_DATE = re.compile(r"(-?)([1-9][0-9]{4,8}|[0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,18}))?"
    r"(Z|z|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?|@[A-Za-z0-9_+\-/]{1,64})?",
    re.ASCII,
)
_YEAR_MONTH = re.compile(r"(-?)P(?:([0-9]{1,10})Y)?(?:([0-9]{1,11})M)?", re.ASCII)
_DAY_TIME = re.compile(
    r"(-?)P(?:([0-9]{1,12})D)?(T(?:([0-9]{1,14})H)?(?:([0-9]{1,16})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,18}))?S)?)?",
    re.ASCII,
)

# the units of durations: letters, size, and how many digits may be written
_MONTHS = (("Y", 12, 10), ("M", 1, 11))
_CLOCK = (("DT", DAY, 12), ("H", HOUR, 14), ("M", MINUTE, 16), ("", SECOND, 18))


def parse_date(text: str) -> Date | None:
    """The date of `2026-11-21`, or None."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    sign, year, month, day = match.groups()
    return make_date(-int(year) if sign else int(year), int(month), int(day))


def parse_time(text: str) -> Time | None:
    """The time of `07:30:00`, `07:30:00.5+07:00`, `07:30:00@Asia/Jakarta`, or None. 24:00:00 is midnight."""
    found = _time(text)
    return None if found is None else Time(found[0] % DAY, found[1], found[2])


def _time(text: str) -> tuple[int, int | None, str | None] | None:
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second = int(match[1]), int(match[2]), int(match[3])
    nanos = int(((match[4] or "") + "000000000")[:9])
    total = hour * HOUR + minute * MINUTE + second * SECOND + nanos
    if minute > 59 or second > 59 or total > DAY:
        return None
    place = match[5]
    if place is None:
        return total, None, None
    if place[0] == "@":
        return (total, None, place[1:]) if zone_exists(place[1:]) else None
    offset = parse_offset(place)
    return None if offset is None else (total, offset, None)


def parse_offset(text: str) -> int | None:
    """Seconds east of UTC of `Z`, `+07:00` or `-01:30:15`, at most 14 hours."""
    if text in ("Z", "z"):
        return 0
    parts = [int(part) for part in text[1:].split(":")]
    seconds = parts[0] * 3600 + parts[1] * 60 + (parts[2] if len(parts) > 2 else 0)
    if seconds > 14 * 3600 or any(part > 59 for part in parts[1:]):
        return None
    return -seconds if text[0] == "-" else seconds


def parse_date_time(text: str) -> DateTime | None:
    """The moment of `2026-11-21T07:30:00+07:00`; a date alone is its midnight. 24:00:00 is the next day."""
    day_text, separator, time_text = text.partition("T")
    day = parse_date(day_text)
    if day is None or not separator:
        return None if day is None else DateTime(day, Time(0))
    found = _time(time_text)
    if found is None:
        return None
    nanos, offset, zone = found
    if nanos == DAY:
        following = date_of_ordinal(day.ordinal + 1)
        return None if following is None else DateTime(following, Time(0, offset, zone))
    return DateTime(day, Time(nanos, offset, zone))


def parse_duration(text: str) -> YearMonth | DayTime | None:
    """The duration of `P1Y2M` or `P1DT2H3M4.5S`, or None; the two kinds do not mix."""
    match = _YEAR_MONTH.fullmatch(text)
    if match is not None and (match[2] or match[3]):
        months = int(match[2] or 0) * 12 + int(match[3] or 0)
        return YearMonth(-months if match[1] else months)
    match = _DAY_TIME.fullmatch(text)
    if match is None or not any(match.group(2, 4, 5, 6)) or match[3] == "T":
        return None
    sign, days, _, hours, minutes, seconds, fraction = match.groups()
    nanos = int(days or 0) * DAY + int(hours or 0) * HOUR + int(minutes or 0) * MINUTE + int(seconds or 0) * SECOND
    nanos += int(((fraction or "") + "000000000")[:9])
    return DayTime(-nanos if sign else nanos)


def parse_temporal(text: str) -> Temporal | None:
    """What `@"…"` means: the first of date, date and time, time and duration that the text is."""
    if "P" in text[:2]:
        return parse_duration(text)
    if "T" in text:
        return parse_date_time(text)
    return parse_date(text) or parse_time(text)


def text_of(value: Temporal) -> str:
    """The canonical text of a temporal value."""
    match value:
        case Date():
            return _date_text(value)
        case Time():
            return _time_text(value)
        case DateTime():
            return f"{_date_text(value.date)}T{_time_text(value.time)}"
        case YearMonth():
            return _year_month_text(value.months)
        case DayTime():
            return _day_time_text(value.nanos)


def literal_text(value: Temporal) -> str:
    """The text that `parse_temporal` reads as `value`: the canonical one, unless that has too many digits.

    A duration of more days or years than that has the rest in its smaller units.
    """
    text = text_of(value)
    if isinstance(value, Date | Time | DateTime) or parse_temporal(text) == value:
        return text
    rest, units = (value.months, _MONTHS) if isinstance(value, YearMonth) else (value.nanos, _CLOCK)
    text, left = "-P" if rest < 0 else "P", abs(rest)
    for unit, size, digits in units:
        count = min(left // size, 10**digits - 1)
        left -= count * size
        text += f"{count}{unit}"
    return text + (f".{left:09d}S" if isinstance(value, DayTime) else "")


def _date_text(value: Date) -> str:
    return f"{'-' if value.year < 0 else ''}{abs(value.year):04d}-{value.month:02d}-{value.day:02d}"


def _clock(nanos: int) -> str:
    seconds, fraction = divmod(nanos, SECOND)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{clock}.{fraction:09d}".rstrip("0") if fraction else clock


def _time_text(value: Time) -> str:
    if value.zone is not None:
        return f"{_clock(value.nanos)}@{value.zone}"
    if value.offset is None:
        return _clock(value.nanos)
    if value.offset == 0:
        return f"{_clock(value.nanos)}Z"
    size = abs(value.offset)
    seconds = f":{size % 60:02d}" if size % 60 else ""
    return f"{_clock(value.nanos)}{'-' if value.offset < 0 else '+'}{size // 3600:02d}:{size // 60 % 60:02d}{seconds}"


def _year_month_text(months: int) -> str:
    years, rest = divmod(abs(months), 12)
    text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
    return ("-" if months < 0 else "") + "P" + (text or "0M")


def _day_time_text(nanos: int) -> str:
    days, rest = divmod(abs(nanos), DAY)
    hours, rest = divmod(rest, HOUR)
    minutes, rest = divmod(rest, MINUTE)
    seconds, fraction = divmod(rest, SECOND)
    clock = (f"{hours}H" if hours else "") + (f"{minutes}M" if minutes else "")
    if seconds or fraction:
        clock += f"{seconds}.{fraction:09d}".rstrip("0").rstrip(".") + "S" if fraction else f"{seconds}S"
    if not days and not clock:
        return "PT0S"
    return ("-" if nanos < 0 else "") + "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
