"""Two ways to count time from one start: seconds that pass, and seconds in which the office is open.

Owns the conversion between the two by one working calendar. Knows nothing of requests.
"""

from datetime import UTC, datetime, timedelta

from engine.durations import Duration
from engine.working_calendar import WorkingCalendar

DAY = 86_400.0
_DAYS_OF = {"years": 365, "months": 30, "weeks": 7}


class Axis:
    """Time since `start` (aware).

    Args:
        calendar: the agency's working time.
        start: the zero of both counts.
    """

    def __init__(self, calendar: WorkingCalendar, start: datetime) -> None:
        self.calendar = calendar
        self.start = start.astimezone(UTC)
        self.office_day = calendar.average_day.total_seconds()

    def worked(self, elapsed: float) -> float:
        """Office seconds that have passed `elapsed` seconds after the start."""
        moment = self.start + timedelta(seconds=elapsed)
        return self.calendar.working_time_between(self.start, moment) / _SECOND

    def elapsed(self, worked: float) -> float:
        """Seconds after the start by which the office has been open for `worked` seconds."""
        moment = self.calendar.add_working_time(self.start, timedelta(seconds=max(worked, 0.0)))
        return (moment - self.start) / _SECOND

    def moment(self, elapsed: float) -> datetime:
        """The moment, aware UTC."""
        return self.start + timedelta(seconds=elapsed)

    def due(self, opened: float, limit: Duration, kalender: str) -> float:
        """When a time limit that begins at `opened` ends, as Alur reckons deadlines."""
        return (self.calendar.add_duration(self.moment(opened), limit, kalender) - self.start) / _SECOND

    def length(self, duration: Duration, kalender: str) -> tuple[float, bool]:
        """How long work of this duration takes: seconds, and whether they are office seconds.

        A working day is an average office day. Weeks, months (30 days) and years (365) always pass by the calendar.
        """
        by_calendar = sum(float(getattr(duration, unit)) * days for unit, days in _DAYS_OF.items()) * DAY
        in_office = kalender == "kerja" and not by_calendar
        day = self.office_day if in_office else DAY
        return by_calendar + float(duration.days) * day + duration.clock.total_seconds(), in_office


_SECOND = timedelta(seconds=1)
