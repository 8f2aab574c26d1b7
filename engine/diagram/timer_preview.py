"""Shows an analyst what a timer means: the next moments at which it would fire if its element began now.

Owns only the preview; the token loop asks the same `engine.deadlines` when it arms a timer. Reads no clock.
"""

from dataclasses import dataclass
from datetime import datetime

from engine.deadlines import timer_due
from engine.diagram.model import Diagram, Node, Process
from engine.durations import MomentOutOfRange, TimeExpressionRefused, parse_timer
from engine.working_calendar import WorkingCalendar


@dataclass(frozen=True, slots=True)
class TimerPreview:
    """The timer of one event. `moments` are aware UTC; empty when the timer is FEEL, unreadable or past."""

    element: str
    name: str
    kind: str
    text: str
    moments: tuple[datetime, ...]


def preview_timers(
    diagram: Diagram, now: datetime, calendar: WorkingCalendar, count: int = 3
) -> tuple[TimerPreview, ...]:
    """The timers of a diagram in the order of the file, each with its next `count` moments.

    Args:
        diagram: as read or prepared.
        now: the moment at which every element is taken to begin (aware).
        calendar: the agency's working calendar; a timer on an activity whose mutu baku counts working time uses it.
    """
    return tuple(
        TimerPreview(
            node.id, node.name, event.timer.kind, event.timer.text, _moments(process, node, event.timer.kind,
            event.timer.text, now, calendar, count),
        )
        for process in diagram.processes
        for node in process.nodes.values()
        for event in node.events
        if event.timer is not None
    )  # fmt: skip


def _moments(
    process: Process, node: Node, kind: str, text: str, now: datetime, calendar: WorkingCalendar, count: int
) -> tuple[datetime, ...]:
    host = process.nodes.get(node.attached_to or "")
    quality = host.quality if host is not None else None
    kalender = quality.kalender if quality is not None else "kalender"
    try:
        timer = parse_timer(kind, text)
        due = (timer_due(timer, kalender, now, calendar, fired) for fired in range(count))
        return tuple(moment for moment in due if moment is not None)
    except (TimeExpressionRefused, MomentOutOfRange):
        return ()
