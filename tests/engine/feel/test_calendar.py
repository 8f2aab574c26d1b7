"""Alur's own functions: the injected clock and working calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.feel import Environment, evaluate, to_json

WIB = ZoneInfo("Asia/Jakarta")
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=WIB)


class Weekdays:
    """Monday to Friday, eight hours from 08:00 to 16:00 WIB."""

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5

    def add_working_days(self, start: datetime, days: int) -> datetime:
        at = start.astimezone(WIB)
        while days:
            at += timedelta(days=1)
            days -= self.is_working_day(at.date())
        return at.replace(hour=16, minute=0)

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        at = start.astimezone(WIB)
        while minutes:
            at += timedelta(minutes=1)
            minutes -= self.is_working_day(at.date()) and 8 <= (at - timedelta(minutes=1)).hour < 16
        return at


WORLD = Environment(now=lambda: FRIDAY, working_calendar=Weekdays())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sekarang()", "2026-11-20T10:00:00@Asia/Jakarta"),
        ("today()", "2026-11-20"),
        ("hari kerja(1)", "2026-11-23T16:00:00@Asia/Jakarta"),
        ("hari kerja(0) > now()", True),
        ('hari kerja(2, date and time("2026-11-16T09:00:00+07:00"))', "2026-11-18T16:00:00+07:00"),
        ('tambah waktu kerja(now(), duration("PT7H"))', "2026-11-23T09:00:00@Asia/Jakarta"),
        (
            'tambah waktu kerja(date and time("2026-11-20T10:00:00"), duration("P1D"))',
            "2026-11-23T16:00:00@Asia/Jakarta",
        ),
        ('hari libur(date("2026-11-21"))', True),
        ("hari libur(today())", False),
        ("hari kerja(-1)", None),
        ("hari kerja(1e9)", None),
        ('hari libur(date("-0005-01-01"))', None),
        ('hari kerja("a")', None),
    ],
)
def test_working_time(text: str, expected: object) -> None:
    assert to_json(evaluate(text, {}, WORLD)) == expected


@pytest.mark.parametrize("text", ["sekarang()", "today()", "hari kerja(1)", 'hari libur(date("2026-01-01"))'])
def test_without_clock_and_calendar_there_is_no_answer(text: str) -> None:
    assert evaluate(text, {}) is None


def test_a_utc_clock_is_shown_in_utc() -> None:
    world = Environment(now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert to_json(evaluate("now()", {}, world)) == "2026-01-01T00:00:00Z"
