"""The loop's questions about time, answered by the agency's working calendar."""

from datetime import datetime

from engine.deadlines import Deadline, deadline_for, timer_due
from engine.diagram.model import Node
from engine.durations import ParsedTimer
from engine.working_calendar import WorkingCalendar

ELAPSED = "kalender"


class CalendarTiming:
    """Deadlines and timers by one calendar.

    A timer attached to an activity runs in working time when the activity's mutu baku does; every other timer is
    elapsed time.
    """

    def __init__(self, calendar: WorkingCalendar) -> None:
        self._calendar = calendar

    @property
    def calendar(self) -> WorkingCalendar:
        """The agency's working calendar, which FEEL's own functions ask too."""
        return self._calendar

    @property
    def calendar_version(self) -> int:
        """The version of the calendar, stored with every moment reckoned by it."""
        return self._calendar.version

    def deadline(self, node: Node, opened_at: datetime) -> Deadline | None:
        """The deadline of a task opened at `opened_at` (aware), or None if its mutu baku has no maximum.

        Raises:
            TimeExpressionRefused, MomentOutOfRange: the mutu baku cannot be reckoned.
        """
        quality = node.quality
        if quality is None:
            return None
        return deadline_for(quality.min, quality.max, quality.kalender, opened_at, self._calendar)

    def timer_due(self, node: Node, timer: ParsedTimer, armed_at: datetime, fired: int) -> datetime | None:
        """When a timer on `node` fires next (aware UTC), or None if never again.

        Raises:
            MomentOutOfRange: the moment lies outside the calendar.
        """
        kalender = node.quality.kalender if node.quality is not None else ELAPSED
        return timer_due(timer, kalender, armed_at, self._calendar, fired)
