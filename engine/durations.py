"""ISO 8601 time expressions as values: durations, moments and repeating intervals.

Owns parsing and writing of time expressions and their arithmetic on the civil calendar (months, years). Knows nothing
of office hours (`working_calendar`), of deadlines, or of the words of an SOP (`waktu`), and never reads a clock.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.cron_cure import cure_for_cron, looks_like_cron
from engine.errors import AlurError

_NUMBER = r"\d{1,9}(?:[.,]\d{1,9})?"
_DURATION = re.compile(
    rf"P(?=[\dT])(?:({_NUMBER})Y)?(?:({_NUMBER})M)?(?:({_NUMBER})W)?(?:({_NUMBER})D)?"
    rf"(?:T(?=\d)(?:({_NUMBER})H)?(?:({_NUMBER})M)?(?:({_NUMBER})S)?)?",
    re.ASCII,
)
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[([\w/+-]+)\]|@([\w/+-]+))?)?",
    re.ASCII,
)
_REPETITIONS = re.compile(r"R(\d{0,9}|-1)", re.ASCII)
_LONGEST = timedelta(days=366_000)  # about a thousand years: beyond it a typing error is certain
_MAX_TEXT = 200
_ELEMENTS = {"duration": "timeDuration", "date": "timeDate", "cycle": "timeCycle"}
_TIME_ZONE_EXAMPLE = "2026-03-05T08:00:00+07:00"


class TimeExpressionRefused(AlurError):
    """A time expression that is not an ISO 8601 duration, moment or repeating interval of the kind expected."""

    code = "invalid_time_expression"
    status = 422


class MomentOutOfRange(AlurError):
    """The arithmetic leaves the years 1 to 9999."""

    code = "moment_out_of_range"
    status = 422


@dataclass(frozen=True)
class Duration:
    """A duration as written. Only the smallest part that is given may have decimals (none for years and months)."""

    years: int = 0
    months: int = 0
    weeks: Decimal = Decimal(0)
    days: Decimal = Decimal(0)
    hours: Decimal = Decimal(0)
    minutes: Decimal = Decimal(0)
    seconds: Decimal = Decimal(0)

    @cached_property
    def clock(self) -> timedelta:
        """The part below a day: hours, minutes and seconds, to the microsecond."""
        return _microseconds((self.hours * 60 + self.minutes) * 60 + self.seconds)

    @cached_property
    def is_zero(self) -> bool:
        """Whether nothing at all passes."""
        return not (self.years or self.months or self.weeks or self.days or self.clock)

    def times(self, count: int) -> "Duration":
        """`count` such durations in a row: 2 × P1M is P2M, so that a monthly cycle keeps its day."""
        parts = (self.weeks, self.days, self.hours, self.minutes, self.seconds)
        return Duration(self.years * count, self.months * count, *(part * count for part in parts))

    def add_calendar_part(self, local: datetime) -> datetime:
        """Adds years and months (a missing day becomes the last of its month), then weeks, to a local date-time.

        Raises:
            MomentOutOfRange: the result lies beyond year 9999.
        """
        if not (self.years or self.months or self.weeks):
            return local
        try:
            if self.years or self.months:
                local = _add_months(local, self.years * 12 + self.months)
            return local + _microseconds(self.weeks * 604_800)
        except (OverflowError, ValueError):
            raise out_of_range(local, self) from None

    def add_to(self, local: datetime) -> datetime:
        """Adds everything as civil time: years, months, weeks, days, then the clock part. Zones of one offset only.

        Args:
            local: a date-time in the zone whose calendar counts.

        Raises:
            MomentOutOfRange: the result lies beyond year 9999.
        """
        local = self.add_calendar_part(local)
        try:
            return local + _microseconds(self.days * 86_400) + self.clock
        except OverflowError:
            raise out_of_range(local, self) from None

    def __str__(self) -> str:
        day_part = "".join(
            f"{_number(value)}{letter}"
            for value, letter in ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
            if value
        )
        clock_part = "".join(
            f"{_number(value)}{letter}"
            for value, letter in ((self.hours, "H"), (self.minutes, "M"), (self.seconds, "S"))
            if value
        )
        if not day_part and not clock_part:
            return "PT0S"
        return f"P{day_part}T{clock_part}" if clock_part else f"P{day_part}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as written: `value` is aware if a zone was written, else local time of whoever asks."""

    value: datetime

    def at(self, zone: str) -> datetime:
        """The moment as aware UTC; without a written zone it is local time in `zone` (an IANA name)."""
        local = self.value if self.value.tzinfo else self.value.replace(tzinfo=ZoneInfo(zone))
        try:
            return local.astimezone(UTC)
        except OverflowError:
            raise MomentOutOfRange(f"Expected a moment between the years 1 and 9999 in UTC, but got {self}.") from None

    def __str__(self) -> str:
        return self.value.isoformat()


@dataclass(frozen=True, slots=True)
class Cycle:
    """A repeating interval: `repetitions` None is without end; without `start` it counts from when it is armed."""

    repetitions: int | None
    period: Duration
    start: Moment | None = None

    def __str__(self) -> str:
        count = "" if self.repetitions is None else str(self.repetitions)
        return "/".join([f"R{count}", *([str(self.start)] if self.start else []), str(self.period)])


ParsedTimer = Duration | Moment | Cycle


@lru_cache(maxsize=1024)
def parse_duration(text: str) -> Duration:
    """Reads an ISO 8601 duration such as "PT90M", "P1W", "P1Y2M10DT2H30M", "PT1,5H"; "P1.5Y" becomes P1Y6M.

    Raises:
        TimeExpressionRefused: anything else, with what was expected and the cure.
    """
    match = _DURATION.fullmatch(text.strip()) if len(text) <= _MAX_TEXT else None
    if match is None:
        raise _refusal(text, "an ISO 8601 duration such as PT30M, PT4H, P3D, P2W or P1M")
    given = [part and Decimal(part.replace(",", ".")) for part in match.groups()]
    present = [part for part in given if part is not None]
    if any(part % 1 for part in present[:-1]):
        raise _refusal(text, "decimals in the smallest part only", "Write P1DT12H for P1.5DT0H.")
    years, months, weeks, days, hours, minutes, seconds = (part or Decimal(0) for part in given)
    months += years % 1 * 12
    if months % 1:
        raise _refusal(text, "whole months", "A part of a month has no fixed length: write it in days.")
    duration = Duration(int(years), int(months), weeks, days, hours, minutes, seconds)
    if _rough_length(duration) > _LONGEST:
        raise _refusal(text, "a duration of at most a thousand years")
    return duration


def parse_moment(text: str, zone: str) -> datetime:
    """Reads a date-time ("2026-03-05T08:00:00+07:00", "…Z", "…[Asia/Jakarta]", or local time of `zone`) as aware UTC.

    A bare date is the start of that day.

    Raises:
        TimeExpressionRefused: anything else.
        MomentOutOfRange: in UTC it lies outside the years 1 to 9999.
    """
    return _parse_moment(text).at(zone)


def parse_cycle(text: str) -> Cycle:
    """Reads a repeating interval: "R3/PT1H", "R/2026-03-05T08:00:00+07:00/P1D".

    Raises:
        TimeExpressionRefused: anything else; for cron expressions and bare durations the sentence gives the equivalent.
    """
    expected = f"a repeating interval such as R3/PT1H or R/{_TIME_ZONE_EXAMPLE}/P1D"
    head, _, rest = text.strip().partition("/")
    start, _, last = rest.rpartition("/")
    match = _REPETITIONS.fullmatch(head)
    if match is None or not last or len(text) > _MAX_TEXT:
        cure = f"Write R/{text.strip()} to repeat without end." if _DURATION.fullmatch(text.strip()) else ""
        raise _refusal(text, expected, cure)
    if not last.startswith("P"):
        raise _refusal(text, expected, "The last part is the period; write R3/<start>/<period>.")
    count = None if match[1] in ("", "-1") else int(match[1])
    if count == 0:
        raise _refusal(text, "at least one repetition", "Write R1/… for one, R/… for no end.")
    period = parse_duration(last)
    if period.is_zero:
        raise _refusal(text, "a period longer than nothing", "A cycle without a pause never ends.")
    return Cycle(count, period, _parse_moment(start) if start else None)


@lru_cache(maxsize=1024)
def parse_timer(kind: str, text: str) -> ParsedTimer:
    """Reads the text of a BPMN timer: `kind` is "duration", "date" or "cycle". A literal in double quotes is unquoted.

    Raises:
        TimeExpressionRefused: the text is not of that kind; the sentence names the kind it belongs to if there is one.
        ValueError: `kind` is none of the three.
    """
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1].strip()
    if kind not in _ELEMENTS:
        raise ValueError(f"Expected the kind duration, date or cycle, but got {kind!r}.")
    _refuse_wrong_kind(kind, text)
    if kind == "duration":
        return parse_duration(text)
    return _parse_moment(text) if kind == "date" else parse_cycle(text)


def out_of_range(start: datetime, added: object) -> MomentOutOfRange:
    """The refusal for arithmetic that leaves the calendar."""
    return MomentOutOfRange(f"Expected a moment before the year 10000, but {start.isoformat()} plus {added} is later.")


def _parse_moment(text: str) -> Moment:
    expected = f"a date and time such as {_TIME_ZONE_EXAMPLE}"
    match = _MOMENT.fullmatch(text.strip()) if len(text) <= _MAX_TEXT else None
    if match is None:
        raise _refusal(text, expected)
    day, clock, offset, *named = match.groups()
    clock = (clock or "00:00").replace(",", ".")
    end_of_day = re.fullmatch(r"24:00(:00(\.0+)?)?", clock) is not None
    try:
        value = datetime.fromisoformat(f"{day}T{'00:00' if end_of_day else clock}{offset or ''}")
        value += timedelta(days=1 if end_of_day else 0)
    except (ValueError, OverflowError):
        raise _refusal(text, expected, "This day or time does not exist.") from None
    zone_name = named[0] or named[1]
    return Moment(_with_zone(value, zone_name, text) if zone_name else value)


def _with_zone(value: datetime, zone_name: str, text: str) -> datetime:
    try:
        zone = ZoneInfo(zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _refusal(text, "a known time zone", "Write +07:00 or [Asia/Jakarta].") from None
    local = value.replace(tzinfo=zone)
    if value.tzinfo and value.utcoffset() != local.utcoffset():
        raise _refusal(text, f"the offset that {zone_name} has at that time", "Leave one of the two out.")
    offset = local.utcoffset() or timedelta(0)
    return value.replace(tzinfo=timezone(offset))


def _refuse_wrong_kind(kind: str, text: str) -> None:
    found = (
        "cycle" if text.startswith("R") and "/" in text
        else "duration" if _DURATION.fullmatch(text)
        else "date" if _MOMENT.fullmatch(text)
        else kind
    )  # fmt: skip
    if found != kind and not (kind == "cycle" and found == "duration"):
        raise _refusal(text, f"a {kind} in {_ELEMENTS[kind]}", f"Write it in {_ELEMENTS[found]}.")


def _refusal(text: str, expected: str, cure: str = "") -> TimeExpressionRefused:
    shown = text if len(text) <= 60 else text[:57] + "..."
    text = text.strip()
    if not cure and looks_like_cron(text):
        cure = cure_for_cron(text)
    elif not cure and text != text.upper() and _DURATION.fullmatch(text.upper()):
        cure = f"Write {text.upper()}, in capitals."
    elif not cure and text.startswith(("-P", "+P")):
        cure = "A sign is not allowed: time only runs forward."
    elif not cure and text.startswith("="):
        cure = "It is an expression: evaluate it first."
    return TimeExpressionRefused(f"Expected {expected}, but got {shown!r}. {cure}".rstrip())


def _add_months(local: datetime, months: int) -> datetime:
    index = local.year * 12 + local.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        raise OverflowError
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))


def _rough_length(duration: Duration) -> timedelta:
    try:
        days = duration.years * 366 + duration.months * 31 + int(duration.weeks) * 7 + int(duration.days)
        return timedelta(days=days) + duration.clock
    except OverflowError:
        return timedelta.max


def _microseconds(seconds: Decimal) -> timedelta:
    return timedelta(microseconds=int((seconds * 1_000_000).to_integral_value()))


def _number(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}"
