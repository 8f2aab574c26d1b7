"""Deadlines, reminders and timers; 6 July 2026 is a Monday, hours as in test_working_calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.deadlines import LEAST_NOTICE, deadline_for, timer_due
from engine.durations import MomentOutOfRange, TimeExpressionRefused, parse_timer
from engine.holidays_id import RAMADAN, seed_holidays
from engine.working_calendar import WorkingCalendar

ZONE = "Asia/Jakarta"
HOLIDAYS = {holiday.date: holiday.name for holiday in seed_holidays(range(2024, 2028))}
CALENDAR = WorkingCalendar(7, ZONE, ramadan=RAMADAN, holidays=HOLIDAYS)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


def shown(moment: datetime | None) -> str | None:
    return moment and moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None).isoformat(" ", "minutes")


@pytest.mark.parametrize(
    ("at_least", "at_most", "kalender", "opened", "due", "remind"),
    [
        (None, "PT4H", "kerja", "2026-07-06 08:00", "2026-07-06 12:00", "2026-07-06 11:00"),
        (None, "PT4H", "kerja", "2026-07-10 15:30", "2026-07-13 10:30", "2026-07-13 09:30"),
        (None, "PT4H", "kalender", "2026-07-10 15:30", "2026-07-10 19:30", "2026-07-10 18:30"),
        (None, "PT24H", "kalender", "2026-07-10 15:30", "2026-07-11 15:30", "2026-07-11 09:30"),
        # Mon 10:00 to Tue 16:00 are 5 h + 7 h 30 = 12 h 30 of office time; a quarter, 3 h 07:30, before 16:00
        (None, "P1D", "kerja", "2026-07-06 10:00", "2026-07-07 16:00", "2026-07-07 11:52"),
        (None, "PT10M", "kerja", "2026-07-06 08:00", "2026-07-06 08:10", "2026-07-06 08:05"),  # at least five minutes
        (None, "PT5M", "kerja", "2026-07-06 08:00", "2026-07-06 08:05", None),  # no room for a reminder
        (None, "PT6M", "kerja", "2026-07-06 15:57", "2026-07-07 07:33", "2026-07-06 15:58"),
        (None, "PT2M", "kalender", "2026-07-06 08:00", "2026-07-06 08:02", None),
        ("PT30M", "PT1H", "kerja", "2026-07-06 08:00", "2026-07-06 09:00", "2026-07-06 08:45"),
        (
            "PT50M",
            "PT1H",
            "kerja",
            "2026-07-06 08:00",
            "2026-07-06 09:00",
            "2026-07-06 08:50",
        ),  # not before the minimum
        ("PT59M", "PT1H", "kerja", "2026-07-06 08:00", "2026-07-06 09:00", "2026-07-06 08:55"),
        (None, "P1M", "kalender", "2026-01-31 10:00", "2026-02-28 10:00", "2026-02-21 10:00"),
    ],
)
def test_deadlines(
    at_least: str | None, at_most: str, kalender: str, opened: str, due: str, remind: str | None
) -> None:
    deadline = deadline_for(at_least, at_most, kalender, local(opened), CALENDAR)
    assert deadline is not None
    assert (shown(deadline.due_at), shown(deadline.remind_at)) == (due, remind)
    assert (deadline.calendar_version, deadline.kalender) == (7, kalender)


@pytest.mark.parametrize(("at_least", "at_most"), [(None, None), ("PT1H", None), (None, "")])
def test_without_an_upper_limit_there_is_no_deadline(at_least: str | None, at_most: str | None) -> None:
    assert deadline_for(at_least, at_most, "kerja", local("2026-07-06 08:00"), CALENDAR) is None


def test_a_standard_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(TimeExpressionRefused, match="'1 hari'"):
        deadline_for(None, "1 hari", "kerja", local("2026-07-06 08:00"), CALENDAR)


@given(
    st.integers(0, 600_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from([None, "PT1M", "P1D", "PT3H", "P2W"]),
    st.sampled_from(["PT6M", "PT1H", "P1D", "P14D", "PT24H", "P1M", "P6DT2H25M"]),
    st.sampled_from(["kerja", "kalender"]),
)
def test_reminders_leave_notice(opened: datetime, at_least: str | None, at_most: str, kalender: str) -> None:
    deadline = deadline_for(at_least, at_most, kalender, opened, CALENDAR)
    assert deadline is not None
    assert deadline.remind_at is not None
    assert opened < deadline.remind_at <= deadline.due_at - LEAST_NOTICE


# --- timers


@pytest.mark.parametrize(
    ("kind", "text", "kalender", "armed", "firings"),
    [
        ("duration", "PT2H", "kalender", "2026-07-06 15:00", ["2026-07-06 17:00", None]),
        ("duration", "PT2H", "kerja", "2026-07-06 15:00", ["2026-07-07 08:30", None]),
        ("duration", "PT0S", "kerja", "2026-07-06 22:00", ["2026-07-06 22:00", None]),
        ("date", "2026-07-08T09:00:00", "kerja", "2026-07-06 15:00", ["2026-07-08 09:00", None]),
        ("date", "2020-01-01T00:00:00Z", "kerja", "2026-07-06 15:00", ["2020-01-01 07:00", None]),  # past: at once
        ("cycle", "R3/PT1H", "kalender", "2026-07-06 15:30",
         ["2026-07-06 16:30", "2026-07-06 17:30", "2026-07-06 18:30", None]),
        ("cycle", "R2/PT1H", "kerja", "2026-07-06 15:30", ["2026-07-07 08:00", "2026-07-07 09:00", None]),
        ("cycle", "R/P1D", "kerja", "2026-07-09 10:00", ["2026-07-10 16:30", "2026-07-13 16:00", "2026-07-14 16:00"]),
        ("cycle", "R/P1M", "kalender", "2026-01-31 10:00",
         ["2026-02-28 10:00", "2026-03-31 10:00", "2026-04-30 10:00"]),  # nothing drifts to the 28th
        ("cycle", "R3/2026-07-08T09:00:00/P1D", "kalender", "2026-07-06 15:00",
         ["2026-07-08 09:00", "2026-07-09 09:00", "2026-07-10 09:00", None]),
        ("cycle", "R3/2026-07-08T09:00:00/P1D", "kalender", "2026-07-09 08:00",
         ["2026-07-09 09:00", "2026-07-10 09:00", None]),
        ("cycle", "R3/2026-07-08T09:00:00/P1D", "kalender", "2026-07-09 09:00",
         ["2026-07-09 09:00", "2026-07-10 09:00", None]),
        ("cycle", "R3/2026-07-08T09:00:00/P1D", "kalender", "2026-08-01 08:00", [None]),
        ("cycle", "R/2020-01-31T08:00:00/P1M", "kalender", "2026-02-10 08:00",
         ["2026-02-28 08:00", "2026-03-31 08:00"]),
        ("cycle", "R/2026-07-10T09:00:00/P1D", "kerja", "2026-07-06 15:00",
         ["2026-07-10 09:00", "2026-07-11 09:00"]),  # a timetable runs by the calendar
        ("cycle", "R/2000-01-01T00:00:00/PT1S", "kalender", "2026-07-06 15:00", ["2026-07-06 15:00"]),
    ],
)  # fmt: skip
def test_timers(kind: str, text: str, kalender: str, armed: str, firings: list[str | None]) -> None:
    timer = parse_timer(kind, text)
    fired = [timer_due(timer, kalender, local(armed), CALENDAR, count) for count in range(len(firings))]
    assert [shown(moment) for moment in fired] == firings


def test_a_cycle_ends_with_the_calendar() -> None:
    armed = datetime(9999, 12, 30, tzinfo=UTC)
    assert timer_due(parse_timer("cycle", "R/P1D"), "kalender", armed, CALENDAR, 5) is None
    with pytest.raises(MomentOutOfRange):
        timer_due(parse_timer("duration", "P1Y"), "kalender", armed, CALENDAR)


@given(
    st.integers(0, 600_000).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.sampled_from(["R/PT45M", "R/P1D", "R/P1M", "R/P1DT1H", "R/2026-03-31T08:00/P1M", "R/2024-02-29T08:00/P1Y"]),
    st.sampled_from(["kerja", "kalender"]),
    st.integers(0, 40),
)
def test_firings_of_a_cycle_are_in_order_and_never_before_it_is_armed(
    armed: datetime, text: str, kalender: str, count: int
) -> None:
    timer = parse_timer("cycle", text)
    this, following = (timer_due(timer, kalender, armed, CALENDAR, fired) for fired in (count, count + 1))
    assert this is not None
    assert following is not None
    assert armed <= this < following
