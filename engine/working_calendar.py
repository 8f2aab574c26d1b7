"""Working time of an agency: which moments count, and when a term that starts now ends.

Owns the arithmetic between moments (aware UTC in and out) and office time. Pure: holidays, Ramadan and office hours
come in as values (`holidays_id` seeds them), nothing reads a clock. Every answer is a few bisections, whatever the
distance, so it is safe in any year; years without known holidays have weekends only. docs/working-time.md explains the
readings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from engine.day_tally import DayTally
from engine.durations import Duration, MomentOutOfRange, TimeExpressionRefused, out_of_range
from engine.errors import AlurError
from engine.office_hours import OfficeHours, Sessions

ZONES = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")  # WIB, WIB, WITA, WIT: no summer time
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000


class UnknownZone(AlurError):
    """A time zone outside Indonesia; those here have one offset all year, which the arithmetic relies on."""

    code = "unknown_zone"
    status = 422


@dataclass(frozen=True, slots=True)
class RamadanPeriod:
    """The days of one Ramadan, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class WorkingCalendar:
    """The working time of one agency in one version of its holidays and hours. Build once per version and share.

    Attributes:
        version: the number recorded with each due moment.
        zone: one of `ZONES`.
        holidays: name by date; national holidays, cuti bersama and what a decree adds.

    Raises:
        UnknownZone: `zone` is not Indonesian.
    """

    version: int
    zone: str
    office_hours: OfficeHours = field(default_factory=OfficeHours)
    ramadan: tuple[RamadanPeriod, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)
    _start: datetime = field(init=False, repr=False, compare=False)
    _special: dict[int, Sessions] = field(init=False, repr=False, compare=False)
    _days: DayTally = field(init=False, repr=False, compare=False)
    _time: DayTally = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.zone not in ZONES:
            raise UnknownZone(f"Expected one of the zones {', '.join(ZONES)}, but got {self.zone!r}.")
        offset = ZoneInfo(self.zone).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) or timedelta(0)
        special = self._special_days()
        week = self.office_hours.week
        derived = {
            "_start": datetime(1, 1, 1, tzinfo=timezone(offset)),
            "_special": special,
            "_days": DayTally([bool(day) for day in week], {o: bool(day) for o, day in special.items()}),
            "_time": DayTally([_length(day) for day in week], {o: _length(day) for o, day in special.items()}),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens at all on that local date."""
        return bool(self._sessions(day.toordinal()))

    def next_opening(self, at: datetime) -> datetime:
        """The first moment at or after `at` when the office is open; `at` itself inside office hours."""
        return self._opening(self._worked(at))

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The office time between two moments, to the microsecond; negative if `end` is before `start`."""
        return (self._worked(end) - self._worked(start)) * _MICROSECOND

    def working_minutes_between(self, start: datetime, end: datetime) -> int:
        """The full office minutes between two moments (rounded toward zero); negative if `end` is before `start`."""
        return int(self.working_time_between(start, end) / timedelta(minutes=1))

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The first moment by which the office has been open for `amount` since `start`.

        Ends at a closing time rather than at the next opening. Nothing added leaves `start` as it is.

        Raises:
            ValueError: `amount` is negative (see `subtract_working_time`).
            MomentOutOfRange: the result lies beyond year 9999.
        """
        if amount < timedelta(0):
            raise ValueError(f"Expected working time to add, but got {amount}: use subtract_working_time.")
        return self._closing(self._worked(start) + amount // _MICROSECOND) if amount else start.astimezone(UTC)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """`add_working_time` in minutes."""
        return self.add_working_time(start, timedelta(minutes=minutes))

    def subtract_working_time(self, end: datetime, amount: timedelta) -> datetime:
        """The last moment from which the office is open for `amount` until `end`: where a reminder belongs.

        Lies at an opening rather than at the closing before it. Nothing subtracted leaves `end` as it is.

        Raises:
            ValueError: `amount` is negative.
            MomentOutOfRange: the result lies before the year 1.
        """
        if amount < timedelta(0):
            raise ValueError(f"Expected working time to subtract, but got {amount}: use add_working_time.")
        return self._opening(self._worked(end) - amount // _MICROSECOND) if amount else end.astimezone(UTC)

    def subtract_working_minutes(self, end: datetime, minutes: int) -> datetime:
        """`subtract_working_time` in minutes."""
        return self.subtract_working_time(end, timedelta(minutes=minutes))

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """Closing time of the `days`-th working day after the local day of `start`; 0 days leave `start` as it is.

        With `office_hours.count_first_day` the day of `start` is the first if the office is still to close on it.

        Raises:
            ValueError: `days` is negative.
            MomentOutOfRange: the result lies beyond year 9999.
        """
        if days < 0:
            raise ValueError(f"Expected a number of working days, but got {days}.")
        if days == 0:
            return start.astimezone(UTC)
        if self.office_hours.count_first_day:
            before = self._days.before((self.next_opening(start) - self._start).days + 1)
        else:
            before = self._days.before((start - self._start).days + 2)
        ordinal = self._days.find(before + days - 1)
        return self._utc(ordinal, self._sessions(ordinal)[-1][1] * _MINUTE)

    def add_duration(self, start: datetime, duration: Duration, kalender: str) -> datetime:
        """When `duration` from `start` is over.

        Args:
            start: aware, any zone.
            duration: years, months and weeks always pass by the calendar, first of all.
            kalender: "kalender": the rest is elapsed time, too. "kerja": days are working days, then hours, minutes and
                seconds run in office hours only; a part of a day is that part of an average office day.

        Raises:
            TimeExpressionRefused: another `kalender`.
            MomentOutOfRange: the result lies beyond year 9999.
        """
        if kalender not in ("kerja", "kalender"):
            raise TimeExpressionRefused(f"Expected kalender to be 'kerja' or 'kalender', but got {kalender!r}.")
        try:
            local = start.astimezone(self._start.tzinfo)
        except OverflowError:
            raise out_of_range(start, duration) from None
        if kalender == "kalender":
            return duration.add_to(local).astimezone(UTC)
        start = self.add_working_days(duration.add_calendar_part(local), int(duration.days))
        part_of_day = self.average_day * float(duration.days % 1) if duration.days % 1 else timedelta(0)
        return self.add_working_time(start, part_of_day + duration.clock)

    @property
    def average_day(self) -> timedelta:
        """The office time of an ordinary week divided by its working days: 7 h 30 min by default."""
        week = [_length(day) for day in self.office_hours.week if day]
        return sum(week) // len(week) * _MICROSECOND

    def describe_remaining(self, now: datetime, due: datetime, kalender: str = "kerja") -> str:
        """What is left until `due`, for people: "sisa 2 jam kerja", "sisa 3 hari", "terlambat 25 menit kerja"."""
        if now == due:
            return "jatuh tempo sekarang"
        first, last = (now, due) if now < due else (due, now)
        word = "sisa" if now < due else "terlambat"
        if kalender == "kalender":
            return f"{word} {_amount(last - first, (last - first).days)}"
        length = self.working_time_between(first, last)
        days = 0
        if length >= self.average_day:
            first_day, last_day = ((moment - self._start).days for moment in (first, last))
            days = self._days.before(last_day + 2) - self._days.before(first_day + 2)
        return f"{word} {_amount(length, days)} kerja"

    def _special_days(self) -> dict[int, Sessions]:
        special: dict[int, Sessions] = {}
        for period in self.ramadan:
            for ordinal in range(period.first.toordinal(), period.last.toordinal() + 1):
                special[ordinal] = self.office_hours.ramadan_week[(ordinal - 1) % 7]
        return special | {day.toordinal(): () for day in self.holidays}

    def _sessions(self, ordinal: int) -> Sessions:
        special = self._special.get(ordinal)
        return self.office_hours.week[(ordinal - 1) % 7] if special is None else special

    def _worked(self, at: datetime) -> int:
        """The office microseconds from year 1 to `at`."""
        since = at - self._start
        ordinal = since.days + 1
        clock = since.seconds * 1_000_000 + since.microseconds
        worked = self._time.before(ordinal)
        for start, end in self._sessions(ordinal):
            if clock <= start * _MINUTE:
                break
            worked += min(clock, end * _MINUTE) - start * _MINUTE
        return worked

    def _closing(self, worked: int) -> datetime:
        """The first moment by which `worked` microseconds have passed."""
        ordinal = self._time.find(worked - 1)
        rest = worked - self._time.before(ordinal)
        for start, end in self._sessions(ordinal):
            length = (end - start) * _MINUTE
            if rest <= length:
                break
            rest -= length
        return self._utc(ordinal, start * _MINUTE + rest)

    def _opening(self, worked: int) -> datetime:
        """The last moment by which no more than `worked` microseconds have passed."""
        ordinal = self._time.find(worked)
        rest = worked - self._time.before(ordinal)
        for start, end in self._sessions(ordinal):
            length = (end - start) * _MINUTE
            if rest < length:
                break
            rest -= length
        return self._utc(ordinal, start * _MINUTE + rest)

    def _utc(self, ordinal: int, clock: int) -> datetime:
        try:
            return (self._start + timedelta(ordinal - 1, 0, clock)).astimezone(UTC)
        except OverflowError:
            raise MomentOutOfRange("Expected a moment in the years 1 to 9999, but the term leaves them.") from None


def _length(day: Sessions) -> int:
    return sum(end - start for start, end in day) * _MINUTE


def _amount(length: timedelta, days: int) -> str:
    if days:
        return f"{days} hari"
    hours, minutes = divmod(int(length / timedelta(minutes=1)), 60)
    if not hours and not minutes:
        return "kurang dari 1 menit"
    return " ".join(f"{count} {unit}" for count, unit in ((hours, "jam"), (minutes, "menit")) if count)
