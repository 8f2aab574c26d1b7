"""The request's own clock: working time, without what lay with the applicant alone."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.own_time import OwnTime, Span, own_time
from engine.working_calendar import WorkingCalendar

CALENDAR = WorkingCalendar(1, "Asia/Jakarta")
MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 08.00 WIB


def span(start: float, end: float) -> tuple[datetime, datetime]:
    """Hours after Monday 08.00."""
    return MONDAY + timedelta(hours=start), MONDAY + timedelta(hours=end)


def test_the_clock_stands_still_while_only_the_applicant_has_work() -> None:
    assert own_time(CALENDAR, span(0, 4), [span(0, 1), span(3, 4)], [span(1, 3)]) == OwnTime(120, 120)


def test_nights_are_no_waiting_time() -> None:
    found = own_time(CALENDAR, span(0, 25), [span(24, 25)], [span(0, 24)])  # Monday 08.00 to Tuesday 09.00
    assert found == OwnTime(60, 450)


def test_where_the_office_works_too_the_clock_runs() -> None:
    assert own_time(CALENDAR, span(0, 4), [span(1, 2)], [span(0, 3), span(2, 4)]) == OwnTime(60, 180)


def test_a_request_without_an_applicant_is_all_the_offices() -> None:
    assert own_time(CALENDAR, span(0, 3), [span(0, 1)], []) == OwnTime(180, 0)


HOURS = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda two: span(min(two), max(two)))


@given(st.lists(HOURS, max_size=6), st.lists(HOURS, max_size=6))
def test_both_parts_are_the_whole(office: list[Span], mine: list[Span]) -> None:
    whole = span(0, 60)
    found = own_time(CALENDAR, whole, office, mine)
    assert found.own + found.waiting == CALENDAR.working_minutes_between(*whole)
    assert found.waiting >= 0
    assert found.own >= sum(CALENDAR.working_minutes_between(*one) for one in office[:1])
