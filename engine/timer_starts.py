"""When a definition that begins with a timer starts next (pure)."""

from datetime import datetime

from engine.durations import parse_timer
from engine.spiff.program import Program
from engine.spiff.timing import CalendarTiming


def next_start(
    program: Program, element_id: str, timing: CalendarTiming, armed_at: datetime, fired: int
) -> datetime | None:
    """The moment of the firing after `fired` firings, reckoned from `armed_at` (deployment); None = no more.

    Raises:
        TimeExpressionRefused: the timer is no literal; a start has no variables that FEEL could read.
    """
    start = next(one for one in program.starts if one.element == element_id)
    if start.timer is None:
        return None
    timer = parse_timer(start.timer.kind, start.timer.text)
    return timing.timer_due(program.elements[element_id].node, timer, armed_at, fired)
