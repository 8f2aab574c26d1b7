"""Working time by dated examples, each computed by hand from the printed calendar of 2024–2027.

Local times of the calendar's zone. Office hours: Mon–Thu 07:30–12:00 and 13:00–16:00 (7 h 30), Fri 07:30–11:30 and
13:00–16:30 (7 h 30); Ramadan (19 Feb – 20 Mar 2026): Mon–Thu 08:00–12:00 and 12:30–15:00 (6 h 30), Fri 08:00–11:30 and
12:30–15:30 (6 h 30). Off in March 2026: Wed 18 cuti, Thu 19 Nyepi, Fri 20 cuti, Sat–Sun 21–22 Idul Fitri, Mon–Tue
23–24 cuti; the office is open again on Wed 25.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.durations import MomentOutOfRange, TimeExpressionRefused, parse_duration
from engine.holidays_id import RAMADAN, seed_holidays
from engine.office_hours import PERPRES_RAMADAN_WEEK, PERPRES_WEEK, OfficeHours, sessions
from engine.working_calendar import RamadanPeriod, UnknownZone, WorkingCalendar

HOLIDAYS = {holiday.date: holiday.name for holiday in seed_holidays(range(2024, 2028))}
WIB = WorkingCalendar(1, "Asia/Jakarta", ramadan=RAMADAN, holidays=HOLIDAYS)
WITA = WorkingCalendar(1, "Asia/Makassar", ramadan=RAMADAN, holidays=HOLIDAYS)
WIT = WorkingCalendar(1, "Asia/Jayapura", ramadan=RAMADAN, holidays=HOLIDAYS)
FIRST_DAY_COUNTS = WorkingCalendar(1, "Asia/Jakarta", OfficeHours(count_first_day=True), RAMADAN, HOLIDAYS)
_SATURDAY = (sessions("08:00-13:00"), ())
SIX_DAYS = WorkingCalendar(
    1,
    "Asia/Jakarta",
    OfficeHours((*PERPRES_WEEK[:5], *_SATURDAY), (*PERPRES_RAMADAN_WEEK[:5], *_SATURDAY)),
    RAMADAN,
    HOLIDAYS,
)


def local(text: str, calendar: WorkingCalendar = WIB) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(calendar.zone)).astimezone(UTC)


EXAMPLES = [
    # --- minutes and hours in office hours; 6 July 2026 is a Monday, July has no holiday
    (WIB, "2026-07-06 08:00", "PT30M", "kerja", "2026-07-06 08:30"),  # plain
    (WIB, "2026-07-06 07:30", "PT4H30M", "kerja", "2026-07-06 12:00"),  # ends when the break begins, not after it
    (WIB, "2026-07-06 07:30", "PT4H31M", "kerja", "2026-07-06 13:01"),  # one minute more lies behind the break
    (WIB, "2026-07-06 07:30", "PT7H30M", "kerja", "2026-07-06 16:00"),  # a whole day ends at closing time
    (WIB, "2026-07-06 07:30", "PT7H31M", "kerja", "2026-07-07 07:31"),
    (WIB, "2026-07-06 05:00", "PT1H", "kerja", "2026-07-06 08:30"),  # before hours: runs from opening
    (WIB, "2026-07-06 16:00", "PT1H", "kerja", "2026-07-07 08:30"),  # at closing time nothing is left of the day
    (WIB, "2026-07-06 20:00", "PT15M", "kerja", "2026-07-07 07:45"),  # after hours
    (WIB, "2026-07-06 23:59", "PT15M", "kerja", "2026-07-07 07:45"),
    (WIB, "2026-07-06 12:30", "PT10M", "kerja", "2026-07-06 13:10"),  # in the break: runs from 13:00
    (WIB, "2026-07-06 11:50", "PT20M", "kerja", "2026-07-06 13:10"),  # across the break
    (WIB, "2026-07-06 15:30", "PT1H", "kerja", "2026-07-07 08:00"),  # 30 min today, 30 tomorrow
    (WIB, "2026-07-06 08:00", "PT8H", "kerja", "2026-07-07 08:30"),  # 7 h today, 1 h tomorrow
    (WIB, "2026-07-06 08:00:30", "PT1M", "kerja", "2026-07-06 08:01:30"),  # seconds are kept
    (WIB, "2026-07-06 15:59:50", "PT20S", "kerja", "2026-07-07 07:30:10"),  # ten seconds on either side of the night
    # --- Friday: break 11:30–13:00, closing 16:30
    (WIB, "2026-07-10 11:00", "PT1H", "kerja", "2026-07-10 13:30"),
    (WIB, "2026-07-10 12:15", "PT30M", "kerja", "2026-07-10 13:30"),  # in the Friday break
    (WIB, "2026-07-10 15:30", "PT1H", "kerja", "2026-07-10 16:30"),  # exactly closing time
    (WIB, "2026-07-10 15:30", "PT2H", "kerja", "2026-07-13 08:30"),  # Friday afternoon into Monday
    (WIB, "2026-07-10 16:30", "PT5M", "kerja", "2026-07-13 07:35"),
    (WIB, "2026-07-09 15:30", "PT8H30M", "kerja", "2026-07-13 08:00"),  # Thu 30 min + Fri 7 h 30 + Mon 30 min
    # --- weekend
    (WIB, "2026-07-11 10:00", "PT1H", "kerja", "2026-07-13 08:30"),
    (WIB, "2026-07-12 23:00", "PT4H30M", "kerja", "2026-07-13 12:00"),
    # --- working days: the day it starts does not count, ends at closing time
    (WIB, "2026-07-06 08:00", "P1D", "kerja", "2026-07-07 16:00"),
    (WIB, "2026-07-06 15:59", "P1D", "kerja", "2026-07-07 16:00"),
    (WIB, "2026-07-06 22:00", "P1D", "kerja", "2026-07-07 16:00"),
    (WIB, "2026-07-09 09:00", "P1D", "kerja", "2026-07-10 16:30"),  # Friday closes at 16:30
    (WIB, "2026-07-10 09:00", "P1D", "kerja", "2026-07-13 16:00"),  # over the weekend
    (WIB, "2026-07-11 09:00", "P1D", "kerja", "2026-07-13 16:00"),  # received on Saturday: Monday is the first day
    (WIB, "2026-07-06 09:00", "P5D", "kerja", "2026-07-13 16:00"),
    (WIB, "2026-07-06 09:00", "P14D", "kerja", "2026-07-24 16:30"),  # 7–10, 13–17, 20–24 July: 4 + 5 + 5
    (WIB, "2026-07-06 09:00", "P30D", "kerja", "2026-08-18 16:00"),  # 4 + 4×5 = 24 by 7 Aug, 29 by 14 Aug, 17 Aug off
    (WIB, "2026-07-06 09:00", "P6DT2H25M", "kerja", "2026-07-15 09:55"),  # closing of Tue 14, then 2 h 25 from 07:30
    (WIB, "2026-07-06 09:00", "P1.5D", "kerja", "2026-07-08 11:15"),  # closing of Tue 7, then half of 7 h 30
    # --- holidays
    (WIB, "2026-08-17 10:00", "PT1H", "kerja", "2026-08-18 08:30"),  # starts on Independence Day (Monday)
    (WIB, "2026-08-17 10:00", "P1D", "kerja", "2026-08-18 16:00"),
    (WIB, "2026-08-14 16:00", "PT1H", "kerja", "2026-08-18 08:00"),  # Fri 30 min, weekend, Monday off
    (WIB, "2026-04-02 10:00", "P1D", "kerja", "2026-04-06 16:00"),  # Good Friday, weekend
    (WIB, "2026-05-13 10:00", "P2D", "kerja", "2026-05-19 16:00"),  # Ascension Thu 14, cuti Fri 15
    (WIB, "2026-05-26 15:00", "PT2H", "kerja", "2026-05-29 08:30"),  # Idul Adha Wed 27, cuti Thu 28
    (WIB, "2026-05-26 15:00", "P2D", "kerja", "2026-06-02 16:00"),  # Fri 29; 31 May Waisak is Sunday, 1 June off
    # --- Ramadan hours 2026
    (WIB, "2026-02-18 16:00", "PT1H", "kerja", "2026-02-19 09:00"),  # the first day opens at 08:00
    (WIB, "2026-02-18 15:00", "PT2H", "kerja", "2026-02-19 09:00"),  # 1 h by ordinary hours, 1 h by Ramadan hours
    (WIB, "2026-02-23 11:45", "PT30M", "kerja", "2026-02-23 12:45"),  # break 12:00–12:30
    (WIB, "2026-02-23 14:30", "PT1H", "kerja", "2026-02-24 08:30"),  # closes at 15:00
    (WIB, "2026-02-27 11:00", "PT1H", "kerja", "2026-02-27 13:00"),  # Friday break 11:30–12:30
    (WIB, "2026-02-27 15:00", "PT1H", "kerja", "2026-03-02 08:30"),  # Friday closes at 15:30
    (WIB, "2026-02-23 08:00", "PT6H30M", "kerja", "2026-02-23 15:00"),
    (WIB, "2026-02-23 10:00", "P4D", "kerja", "2026-02-27 15:30"),
    (WIB, "2026-02-13 10:00", "P1D", "kerja", "2026-02-18 16:00"),  # cuti Mon 16, Imlek Tue 17
    # --- across Nyepi and Idul Fitri 2026
    (WIB, "2026-03-17 10:00", "P1D", "kerja", "2026-03-25 16:00"),
    (WIB, "2026-03-17 10:00", "P2D", "kerja", "2026-03-26 16:00"),
    (WIB, "2026-03-16 10:00", "P3D", "kerja", "2026-03-26 16:00"),  # 17, 25, 26
    (WIB, "2026-03-17 14:00", "PT2H", "kerja", "2026-03-25 08:30"),  # 1 h until 15:00, then ordinary hours again
    (WIB, "2026-03-19 09:00", "PT1H", "kerja", "2026-03-25 08:30"),  # starts on Nyepi
    (WIB, "2026-03-21 09:00", "P1D", "kerja", "2026-03-25 16:00"),  # starts on Idul Fitri
    (WIB, "2026-03-05 08:00", "P14D", "kerja", "2026-04-01 16:00"),  # 6, 9–13, 16–17 = 8; 25–27 = 11; 30, 31, 1 = 14
    (WIB, "2026-03-17 10:00", "P1W", "kalender", "2026-03-24 10:00"),  # weeks pass whatever the holidays
    # --- other years' holidays
    (WIB, "2024-04-05 10:00", "P1D", "kerja", "2024-04-16 16:00"),  # 8–15 April 2024 off
    (WIB, "2024-11-26 15:30", "PT1H", "kerja", "2024-11-28 08:00"),  # election day Wed 27
    (WIB, "2025-03-27 10:00", "P1D", "kerja", "2025-04-08 16:00"),  # 28 March – 7 April 2025 off
    (WIB, "2025-08-15 10:00", "P1D", "kerja", "2025-08-19 16:00"),  # Mon 18 cuti bersama
    (WIB, "2027-03-08 10:00", "PT1H", "kerja", "2027-03-16 08:30"),  # Nyepi Mon 8; 9–12 and Mon 15 off
    # --- year ends
    (WIB, "2025-12-31 15:30", "PT1H", "kerja", "2026-01-02 08:00"),
    (WIB, "2025-12-31 10:00", "P1D", "kerja", "2026-01-02 16:30"),
    (WIB, "2026-12-23 10:00", "P1D", "kerja", "2026-12-28 16:00"),  # 24 cuti, 25 Christmas
    (WIB, "2026-12-30 10:00", "P2D", "kerja", "2027-01-04 16:00"),  # Thu 31; Fri 1 Jan off; Mon 4
    (WIB, "2030-12-31 10:00", "P1D", "kerja", "2031-01-01 16:00"),  # no known holidays: weekends only
    # --- months, years and weeks by the calendar, in either kind of time
    (WIB, "2026-01-31 10:00", "P1M", "kalender", "2026-02-28 10:00"),  # the last day of February
    (WIB, "2024-01-31 10:00", "P1M", "kalender", "2024-02-29 10:00"),  # leap year
    (WIB, "2026-01-31 10:00", "P2M", "kalender", "2026-03-31 10:00"),
    (WIB, "2024-02-29 10:00", "P1Y", "kalender", "2025-02-28 10:00"),
    (WIB, "2026-10-31 10:00", "P12M", "kalender", "2027-10-31 10:00"),
    (WIB, "2026-01-31 10:00", "P1M", "kerja", "2026-02-28 10:00"),  # a Saturday: months are not working time
    (WIB, "2026-07-06 10:00", "P2W", "kerja", "2026-07-20 10:00"),
    (WIB, "2026-07-06 10:00", "P1WT1H", "kerja", "2026-07-13 11:00"),
    (WIB, "2026-07-06 10:00", "P1W1D", "kerja", "2026-07-14 16:00"),  # a week, then one working day
    # --- 24-hour services
    (WIB, "2026-07-10 15:30", "PT24H", "kalender", "2026-07-11 15:30"),  # "1 x 24 jam" over a Friday
    (WIB, "2026-03-19 02:15", "PT2H", "kalender", "2026-03-19 04:15"),  # Nyepi by night
    (WIB, "2026-07-10 23:50", "PT15M", "kalender", "2026-07-11 00:05"),
    (WIB, "2026-07-10 10:00", "P3D", "kalender", "2026-07-13 10:00"),
    # --- zones: the same moment, other offices
    (WITA, "2026-07-06 08:00", "PT30M", "kerja", "2026-07-06 08:30"),
    (WITA, "2026-07-10 16:00", "P1D", "kerja", "2026-07-13 16:00"),
    (WIT, "2026-07-06 15:30", "PT1H", "kerja", "2026-07-07 08:00"),
    (WIT, "2026-03-17 10:00", "P2D", "kerja", "2026-03-26 16:00"),
    (WIT, "2026-01-31 06:00", "P1M", "kalender", "2026-02-28 06:00"),  # 30 Jan 21:00 UTC: the local date decides
    # --- the other reading: the day it starts is the first
    (FIRST_DAY_COUNTS, "2026-07-06 08:00", "P1D", "kerja", "2026-07-06 16:00"),
    (FIRST_DAY_COUNTS, "2026-07-06 15:59", "P1D", "kerja", "2026-07-06 16:00"),
    (FIRST_DAY_COUNTS, "2026-07-06 16:00", "P1D", "kerja", "2026-07-07 16:00"),  # closed: tomorrow is the first
    (FIRST_DAY_COUNTS, "2026-07-11 09:00", "P1D", "kerja", "2026-07-13 16:00"),
    (FIRST_DAY_COUNTS, "2026-07-06 06:00", "P5D", "kerja", "2026-07-10 16:30"),
    # --- six-day office: Saturday 08:00–13:00
    (SIX_DAYS, "2026-07-10 10:00", "P1D", "kerja", "2026-07-11 13:00"),
    (SIX_DAYS, "2026-07-10 16:00", "PT1H", "kerja", "2026-07-11 08:30"),
    (SIX_DAYS, "2026-07-11 12:30", "PT1H", "kerja", "2026-07-13 08:00"),
]


@pytest.mark.parametrize(("calendar", "start", "duration", "kalender", "due"), EXAMPLES)
def test_examples(calendar: WorkingCalendar, start: str, duration: str, kalender: str, due: str) -> None:
    result = calendar.add_duration(local(start, calendar), parse_duration(duration), kalender)
    assert result.astimezone(ZoneInfo(calendar.zone)).replace(tzinfo=None).isoformat(" ", "auto") in (due, f"{due}:00")
    assert result.tzinfo is UTC


def test_there_are_enough_examples() -> None:
    assert len(EXAMPLES) >= 60


def test_offices_in_three_zones_open_at_three_moments() -> None:
    night = datetime(2026, 7, 5, 12, tzinfo=UTC)
    assert [calendar.next_opening(night).isoformat() for calendar in (WIT, WITA, WIB)] == [
        "2026-07-05T22:30:00+00:00",
        "2026-07-05T23:30:00+00:00",
        "2026-07-06T00:30:00+00:00",
    ]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-07-06 07:30", "2026-07-06 16:00", 450),
        ("2026-07-10 07:30", "2026-07-10 16:30", 450),
        ("2026-07-06 00:00", "2026-07-13 00:00", 2250),  # 37 h 30 min a week
        ("2026-02-23 00:00", "2026-03-02 00:00", 1950),  # 32 h 30 min a week in Ramadan
        ("2026-03-18 00:00", "2026-03-25 00:00", 0),
        ("2026-07-06 12:10", "2026-07-06 12:50", 0),
        ("2026-07-06 16:00", "2026-07-06 15:00", -60),
        ("2026-07-06 08:00:00", "2026-07-06 08:01:59", 1),
    ],
)
def test_working_minutes_between(start: str, end: str, minutes: int) -> None:
    assert WIB.working_minutes_between(local(start), local(end)) == minutes


@pytest.mark.parametrize(
    ("end", "minutes", "expected"),
    [
        ("2026-07-06 09:00", 60, "2026-07-06 08:00"),
        ("2026-07-06 09:00", 90, "2026-07-06 07:30"),  # at the opening, not at Friday's closing
        ("2026-07-06 09:00", 120, "2026-07-03 16:00"),
        ("2026-07-06 13:10", 10, "2026-07-06 13:00"),
        ("2026-07-06 13:10", 20, "2026-07-06 11:50"),
        ("2026-03-25 08:30", 90, "2026-03-17 14:30"),  # back across Idul Fitri, by Ramadan hours
        ("2026-07-12 10:00", 30, "2026-07-10 16:00"),  # due on a Sunday (a month by the calendar)
    ],
)
def test_subtract_working_minutes(end: str, minutes: int, expected: str) -> None:
    assert WIB.subtract_working_minutes(local(end), minutes) == local(expected)


@pytest.mark.parametrize(
    ("at", "opening"),
    [
        ("2026-07-06 07:29", "2026-07-06 07:30"),
        ("2026-07-06 07:30", "2026-07-06 07:30"),
        ("2026-07-06 10:00", "2026-07-06 10:00"),
        ("2026-07-06 12:00", "2026-07-06 13:00"),
        ("2026-07-10 16:30", "2026-07-13 07:30"),
        ("2026-03-17 15:00", "2026-03-25 07:30"),
    ],
)
def test_next_opening(at: str, opening: str) -> None:
    assert WIB.next_opening(local(at)) == local(opening)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 6), True),
        (date(2026, 7, 11), False),
        (date(2026, 3, 18), False),
        (date(2026, 3, 25), True),
        (date(2200, 1, 1), True),
        (date(2200, 1, 4), False),
    ],
)
def test_is_working_day(day: date, works: bool) -> None:
    assert WIB.is_working_day(day) is works


@pytest.mark.parametrize(
    ("now", "due", "kalender", "words"),
    [
        ("2026-07-06 14:00", "2026-07-06 16:00", "kerja", "sisa 2 jam kerja"),
        ("2026-07-06 11:30", "2026-07-06 13:15", "kerja", "sisa 45 menit kerja"),
        ("2026-07-06 15:00", "2026-07-07 08:00", "kerja", "sisa 1 jam 30 menit kerja"),
        ("2026-07-06 10:00", "2026-07-09 16:00", "kerja", "sisa 3 hari kerja"),
        ("2026-03-17 10:00", "2026-03-26 16:00", "kerja", "sisa 2 hari kerja"),
        ("2026-07-10 18:00", "2026-07-12 10:00", "kerja", "sisa kurang dari 1 menit kerja"),
        ("2026-07-06 16:00", "2026-07-06 15:35", "kerja", "terlambat 25 menit kerja"),
        ("2026-07-08 16:00", "2026-07-06 16:00", "kerja", "terlambat 2 hari kerja"),
        ("2026-07-06 16:00", "2026-07-06 16:00", "kerja", "jatuh tempo sekarang"),
        ("2026-07-10 15:00", "2026-07-11 14:00", "kalender", "sisa 23 jam"),
        ("2026-07-10 15:00", "2026-07-13 16:00", "kalender", "sisa 3 hari"),
        ("2026-07-10 15:00", "2026-07-10 14:59", "kalender", "terlambat 1 menit"),
    ],
)
def test_describe_remaining(now: str, due: str, kalender: str, words: str) -> None:
    assert WIB.describe_remaining(local(now), local(due), kalender) == words


def test_nothing_added_changes_nothing_even_out_of_hours() -> None:
    night = local("2026-07-06 22:00")
    assert WIB.add_working_minutes(night, 0) == WIB.add_working_days(night, 0) == night
    assert WIB.subtract_working_time(night, timedelta(0)) == night


def test_a_term_of_centuries_is_one_bisection_and_never_past_the_end_of_time() -> None:
    # 20,000 weeks lead to Monday 26 October 2409; 23 known holidays on working days (4 in 2026, 19 in 2027) add 31 days
    assert WIB.add_working_days(local("2026-07-06 09:00"), 100_000) == local("2409-11-26 16:00")
    with pytest.raises(MomentOutOfRange):
        WIB.add_working_days(local("2026-07-06 09:00"), 10**9)
    with pytest.raises(MomentOutOfRange):
        WIB.add_duration(datetime(9999, 12, 31, 20, tzinfo=UTC), parse_duration("PT1H"), "kerja")
    with pytest.raises(MomentOutOfRange):
        WIB.subtract_working_minutes(datetime(1, 1, 1, 2, tzinfo=UTC), 1000)


def test_refusals_name_what_was_expected() -> None:
    with pytest.raises(TimeExpressionRefused, match=r"'kerja' or 'kalender', but got 'kantor'"):
        WIB.add_duration(local("2026-07-06 09:00"), parse_duration("P1D"), "kantor")
    with pytest.raises(UnknownZone, match="Asia/Jakarta"):
        WorkingCalendar(1, "Europe/Berlin")
    with pytest.raises(ValueError, match="subtract_working_time"):
        WIB.add_working_minutes(local("2026-07-06 09:00"), -1)
    with pytest.raises(ValueError, match="add_working_time"):
        WIB.subtract_working_minutes(local("2026-07-06 09:00"), -1)
    with pytest.raises(ValueError, match="working days"):
        WIB.add_working_days(local("2026-07-06 09:00"), -1)
    with pytest.raises(TypeError):  # a moment without a zone is never guessed at
        WIB.next_opening(local("2026-07-06 09:00").replace(tzinfo=None))


def test_ramadan_hours_hold_from_the_first_to_the_last_day() -> None:
    week = RamadanPeriod(date(2026, 7, 7), date(2026, 7, 9))
    calendar = WorkingCalendar(1, "Asia/Jakarta", ramadan=(week,))
    openings = [calendar.next_opening(local(f"2026-07-{day:02} 00:00")) for day in range(6, 11)]
    assert [opening.strftime("%H:%M") for opening in openings] == ["00:30", "01:00", "01:00", "01:00", "00:30"]  # UTC


def test_calendars_are_values() -> None:
    same = WorkingCalendar(1, "Asia/Jakarta", ramadan=RAMADAN, holidays=dict(HOLIDAYS))
    assert same == WIB
    assert hash(same) == hash(WIB)
    assert WIB != WITA
