"""Due moments: from a quality standard (mutu baku) or a timer and the moment it began, to when it is due.

Owns the rules "min informs, max binds", when to remind and when a cycle fires next. Pure: who arms, moves and fires
timers is `engine/spiff/timers.py`, told by `engine/commands`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.durations import Cycle, Duration, MomentOutOfRange, ParsedTimer, parse_duration
from engine.working_calendar import WorkingCalendar

LEAST_NOTICE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is due, and by which reckoning.

    Attributes:
        due_at, remind_at: aware UTC; `remind_at` is None if the allowed time leaves no room for a reminder.
        calendar_version: the version of the working calendar it was computed with.
        kalender: "kerja" (working time) or "kalender" (elapsed time).
    """

    due_at: datetime
    remind_at: datetime | None
    calendar_version: int
    kalender: str


def deadline_for(
    quality_min: str | None, quality_max: str | None, kalender: str, opened_at: datetime, calendar: WorkingCalendar
) -> Deadline | None:
    """The deadline of an activity opened at `opened_at`; None if its standard has no upper limit.

    The reminder comes when a quarter of the allowed time is left (in the same kind of time), at least five minutes
    before it is due, and not before the minimum has passed.

    Args:
        quality_min, quality_max: ISO 8601 durations; the first informs only, the second binds.
        kalender: "kerja" or "kalender".
        opened_at: aware, any zone.

    Raises:
        TimeExpressionRefused: a duration or `kalender` cannot be read.
        MomentOutOfRange: the due moment lies beyond year 9999.
    """
    if not quality_max:
        return None
    due_at = calendar.add_duration(opened_at, parse_duration(quality_max), kalender)
    earliest = calendar.add_duration(opened_at, parse_duration(quality_min), kalender) if quality_min else opened_at
    remind_at = _reminder(opened_at, earliest, due_at, kalender, calendar)
    return Deadline(due_at, remind_at, calendar.version, kalender)


def timer_due(
    timer: ParsedTimer, kalender: str, armed_at: datetime, calendar: WorkingCalendar, fired_count: int = 0
) -> datetime | None:
    """When a timer armed at `armed_at` fires next (aware UTC, possibly in the past), or None if it never does again.

    Durations and dates fire once. A cycle without start fires one period after it is armed, then after two, and so on,
    always reckoned from the beginning, so nothing drifts. One with a start is a timetable: it fires at the start and
    every period after it by the calendar (never by working time), and occurrences before it was armed are gone (they
    count as repetitions).

    Args:
        timer: from `durations.parse_timer`.
        kalender: how durations pass: "kerja" or "kalender".
        armed_at: aware, any zone.
        fired_count: how often it has fired since it was armed.

    Raises:
        MomentOutOfRange: the moment of a duration or date lies outside the years 1 to 9999.
    """
    if isinstance(timer, Cycle):
        return _cycle_due(timer, kalender, armed_at, calendar, fired_count)
    if fired_count:
        return None
    if isinstance(timer, Duration):
        return calendar.add_duration(armed_at, timer, kalender)
    return timer.at(calendar.zone)


def _cycle_due(
    cycle: Cycle, kalender: str, armed_at: datetime, calendar: WorkingCalendar, fired_count: int
) -> datetime | None:
    begin, index = armed_at, fired_count + 1
    left = cycle.repetitions is None or fired_count < cycle.repetitions
    if cycle.start is not None:
        begin, kalender = cycle.start.at(calendar.zone), "kalender"
        index = _first_since(armed_at, begin, cycle.period, calendar) + fired_count
        left = cycle.repetitions is None or index < cycle.repetitions
    return _occurrence(begin, cycle.period, index, kalender, calendar) if left else None


def _occurrence(
    begin: datetime, period: Duration, index: int, kalender: str, calendar: WorkingCalendar
) -> datetime | None:
    """`index` periods after `begin`, or None beyond the end of the calendar."""
    try:
        return calendar.add_duration(begin, period.times(index), kalender)
    except (MomentOutOfRange, OverflowError):
        return None


def _first_since(armed_at: datetime, begin: datetime, period: Duration, calendar: WorkingCalendar) -> int:
    """The number (from 0) of the first occurrence at or after `armed_at`, by doubling and halving."""

    def is_past(index: int) -> bool:
        moment = _occurrence(begin, period, index, "kalender", calendar)
        return moment is not None and moment < armed_at

    if not is_past(0):
        return 0
    high = 1
    while is_past(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_past(middle) else (low, middle)
    return high


def _reminder(
    opened_at: datetime, earliest: datetime, due_at: datetime, kalender: str, calendar: WorkingCalendar
) -> datetime | None:
    working = kalender == "kerja"
    allowed = calendar.working_time_between(opened_at, due_at) if working else due_at - opened_at
    if allowed <= LEAST_NOTICE:
        return None

    def before_due(notice: timedelta) -> datetime:
        return calendar.subtract_working_time(due_at, notice) if working else due_at - notice

    quarter, latest = before_due(max(allowed / 4, LEAST_NOTICE)), before_due(LEAST_NOTICE)
    return min(max(quarter, earliest), latest)
