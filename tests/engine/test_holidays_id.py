"""The seeds against the joint decrees: counts per year and the days that offices ask about."""

from datetime import date, timedelta

import pytest

from engine.holidays_id import RAMADAN, seed_holidays


@pytest.mark.parametrize(("year", "national", "shared"), [(2024, 19, 10), (2025, 17, 11), (2026, 17, 8), (2027, 18, 8)])
def test_counts_per_year(year: int, national: int, shared: int) -> None:
    days = seed_holidays([year])
    assert len([day for day in days if day.category == "nasional"]) == national
    assert len([day for day in days if day.category == "cuti_bersama"]) == shared
    assert all(day.date.year == year for day in days)


def test_idul_fitri_2026_with_its_cuti_bersama() -> None:
    march = {day.date.day: (day.name, day.category) for day in seed_holidays([2026]) if day.date.month == 3}
    assert march == {
        18: ("Cuti Bersama Hari Suci Nyepi", "cuti_bersama"),
        19: ("Hari Suci Nyepi", "nasional"),
        20: ("Cuti Bersama Hari Raya Idul Fitri", "cuti_bersama"),
        21: ("Hari Raya Idul Fitri", "nasional"),
        22: ("Hari kedua dari Hari Raya Idul Fitri", "nasional"),
        23: ("Cuti Bersama Hari Raya Idul Fitri", "cuti_bersama"),
        24: ("Cuti Bersama Hari Raya Idul Fitri", "cuti_bersama"),
    }


def test_days_come_once_and_in_order() -> None:
    days = [day.date for day in seed_holidays([2027, 2024, 2025, 2026, 2024])]
    assert days == sorted(set(days))


def test_years_without_a_decree_have_no_seeds() -> None:
    assert seed_holidays([2023, 2028, 2100]) == []


def test_ramadan_ends_on_the_eve_of_idul_fitri() -> None:
    first_days = [day.date for day in seed_holidays(range(2024, 2028)) if day.name.startswith("Hari Raya Idul Fitri")]
    assert [period.last + timedelta(days=1) for period in RAMADAN] == first_days
    assert all(29 <= (period.last - period.first).days + 1 <= 30 for period in RAMADAN)
    assert RAMADAN[2].first == date(2026, 2, 19)
