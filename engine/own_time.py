"""A request's own clock: working time from start to end; it stands still while only the applicant has work (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.working_calendar import WorkingCalendar

Span = tuple[datetime, datetime]  # aware, start and end


@dataclass(frozen=True, slots=True)
class OwnTime:
    """Working minutes: `own` of the office, `waiting` those in which the request lay with its applicant alone."""

    own: int
    waiting: int


def own_time(
    calendar: WorkingCalendar, request: Span, office: Iterable[Span], applicant: Iterable[Span]
) -> OwnTime:
    """Divides the working time of a request.

    Args:
        request: when it started and ended.
        office: when each task of the office was open.
        applicant: when each task of the applicant was open. Where both were open, the office's counts.
    """
    total = calendar.working_minutes_between(*request)
    alone = _without(_merged(applicant), _merged(office))
    waiting = sum(calendar.working_minutes_between(start, end) for start, end in alone)
    return OwnTime(total - waiting, waiting)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _without(spans: list[Span], taken: list[Span]) -> list[Span]:
    """What is left of `spans` outside `taken`; both merged."""
    left: list[Span] = []
    for first, last in spans:
        at = first
        for start, end in taken:
            if end <= at or start >= last:
                continue
            if start > at:
                left.append((at, start))
            at = max(at, end)
        if at < last:
            left.append((at, last))
    return left
