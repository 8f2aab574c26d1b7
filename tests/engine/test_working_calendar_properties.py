"""Laws of working time, and agreement with a naive reference that walks minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.day_tally import DayTally
from engine.holidays_id import RAMADAN, seed_holidays
from engine.office_hours import PERPRES_RAMADAN_WEEK, PERPRES_WEEK, OfficeHours, sessions
from engine.working_calendar import WorkingCalendar

HOLIDAYS = {holiday.date: holiday.name for holiday in seed_holidays(range(2024, 2028))}
_SHIFTS = (sessions("00:00-06:00", "22:00-24:00"),) * 5
CALENDARS = [
    WorkingCalendar(1, "Asia/Jakarta", ramadan=RAMADAN, holidays=HOLIDAYS),
    WorkingCalendar(1, "Asia/Jayapura", OfficeHours(count_first_day=True), RAMADAN, HOLIDAYS),
    WorkingCalendar(
        1, "Asia/Makassar", OfficeHours((*PERPRES_WEEK[:5], sessions("08:00-13:00"), ())), RAMADAN, HOLIDAYS
    ),
    WorkingCalendar(1, "Asia/Makassar", OfficeHours((*_SHIFTS, (), ()), PERPRES_RAMADAN_WEEK), RAMADAN, HOLIDAYS),
    WorkingCalendar(1, "Asia/Jakarta", OfficeHours(((), (), sessions("10:00-10:07"), (), (), (), ()))),
]
calendars = st.sampled_from(CALENDARS)
_microsecond = timedelta(microseconds=1)


def _moments(first: datetime, last: datetime) -> st.SearchStrategy[datetime]:
    return st.integers(0, (last - first) // _microsecond).map(lambda offset: first + offset * _microsecond)


moments = _moments(datetime(2025, 11, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC))
far_moments = _moments(datetime(1970, 1, 1, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC))  # before 1964 zones differed
amounts = st.timedeltas(_microsecond, timedelta(hours=400))


def is_open(calendar: WorkingCalendar, at: datetime) -> bool:
    """The definition, written once more: is the office open in the minute that begins at `at`?"""
    here = at.astimezone(ZoneInfo(calendar.zone))
    day, minute = here.date(), here.hour * 60 + here.minute
    if day in calendar.holidays:
        return False
    in_ramadan = any(period.first <= day <= period.last for period in calendar.ramadan)
    week = calendar.office_hours.ramadan_week if in_ramadan else calendar.office_hours.week
    return any(start <= minute < end for start, end in week[day.weekday()])


@given(calendars, moments, moments, moments)
def test_time_between_is_additive(calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime) -> None:
    between = calendar.working_time_between
    assert between(a, b) + between(b, c) == between(a, c)
    assert between(a, b) == -between(b, a)


@given(calendars, far_moments, amounts, amounts)
def test_adding_twice_is_adding_the_sum(
    calendar: WorkingCalendar, start: datetime, first: timedelta, second: timedelta
) -> None:
    once = calendar.add_working_time(calendar.add_working_time(start, first), second)
    assert once == calendar.add_working_time(start, first + second)


@given(calendars, far_moments, amounts)
def test_what_was_added_lies_between_and_ends_in_office_hours(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> None:
    due = calendar.add_working_time(start, amount)
    assert calendar.working_time_between(start, due) == amount
    assert is_open(calendar, due - timedelta(microseconds=1))
    assert due > start


@given(calendars, far_moments, amounts)
def test_subtraction_is_the_inverse(calendar: WorkingCalendar, start: datetime, amount: timedelta) -> None:
    due = calendar.add_working_time(start, amount)
    begun = calendar.subtract_working_time(due, amount)
    assert begun == calendar.next_opening(start)
    assert is_open(calendar, begun)
    assert calendar.add_working_time(begun, amount) == due


@given(calendars, moments, moments, st.integers(0, 400), amounts)
def test_a_later_start_is_never_due_earlier(
    calendar: WorkingCalendar, a: datetime, b: datetime, days: int, amount: timedelta
) -> None:
    early, late = sorted((a, b))
    assert calendar.add_working_days(early, days) <= calendar.add_working_days(late, days)
    assert calendar.add_working_time(early, amount) <= calendar.add_working_time(late, amount)
    assert calendar.add_working_days(early, days) <= calendar.add_working_days(early, days + 1)


@given(calendars, far_moments)
def test_next_opening_is_open_and_skips_no_working_time(calendar: WorkingCalendar, at: datetime) -> None:
    opening = calendar.next_opening(at)
    assert opening >= at
    assert is_open(calendar, opening)
    assert not calendar.working_time_between(at, opening)
    assert (opening == at) == is_open(calendar, at)


@given(calendars, moments, st.integers(1, 60))
def test_working_days_agree_with_counting_day_by_day(calendar: WorkingCalendar, start: datetime, days: int) -> None:
    zone = ZoneInfo(calendar.zone)
    here = start.astimezone(zone)
    day, left = here.date(), days
    while True:
        sessions_today = _sessions_on(calendar, day)
        counts = day > here.date() or (
            calendar.office_hours.count_first_day
            and any(here.hour * 60 + here.minute < end for _, end in sessions_today)
        )
        if sessions_today and counts:
            left -= 1
            if not left:
                break
        day += timedelta(days=1)
    closing = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=sessions_today[-1][1])
    assert calendar.add_working_days(start, days) == closing


@settings(max_examples=60)
@given(calendars, moments, st.integers(1, 1500))
def test_minutes_agree_with_walking_minute_by_minute(calendar: WorkingCalendar, start: datetime, minutes: int) -> None:
    start = start.replace(second=0, microsecond=0)
    at, left, steps = start, minutes, 0
    while left and steps < 60_000:
        left -= is_open(calendar, at)
        at += timedelta(minutes=1)
        steps += 1
    assert calendar.working_minutes_between(start, at) == minutes - left
    if not left:
        assert calendar.add_working_minutes(start, minutes) == at


@given(
    st.lists(st.integers(0, 9), min_size=7, max_size=7).filter(any),
    st.dictionaries(st.integers(20, 60), st.integers(0, 9)),
    st.integers(0, 400),
)
def test_the_tally_is_the_sum_and_find_its_inverse(week: list[int], exceptions: dict[int, int], amount: int) -> None:
    tally = DayTally(week, exceptions)
    total = 0
    for day in range(1, 90):
        assert tally.before(day) == total
        total += exceptions.get(day, week[(day - 1) % 7])
    found = tally.find(amount)
    assert tally.before(found) <= amount < tally.before(found + 1)


def _sessions_on(calendar: WorkingCalendar, day: date) -> tuple[tuple[int, int], ...]:
    if day in calendar.holidays:
        return ()
    in_ramadan = any(period.first <= day <= period.last for period in calendar.ramadan)
    week = calendar.office_hours.ramadan_week if in_ramadan else calendar.office_hours.week
    return week[day.weekday()]
