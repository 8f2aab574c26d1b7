"""Seeds of the Indonesian calendar: national holidays and cuti bersama by year, and the periods of Ramadan.

The only home of the package `holidays`. Seeds only: what counts is stored with each calendar version, because a decree
changes a year in its middle and an old due moment must not move when the package is upgraded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from holidays import country_holidays

from engine.working_calendar import RamadanPeriod

FIRST_YEAR, LAST_YEAR = 2024, 2027  # the years whose joint decrees (SKB 3 Menteri) the package holds


@dataclass(frozen=True, slots=True)
class Holiday:
    """One day off: "nasional" by the joint decree, or "cuti_bersama"."""

    date: date
    name: str
    category: Literal["nasional", "cuti_bersama"]


# First and last day of fasting. 2024–2026: decisions of the Ministry of Religious Affairs (sidang isbat of 10 March
# 2024, 28 February 2025, 17 February 2026; Idul Fitri on 10 April 2024, 31 March 2025, 21 March 2026). 2027: computed
# by the same criterion (MABIMS), to be confirmed by the sidang isbat of that year.
RAMADAN = (
    RamadanPeriod(date(2024, 3, 12), date(2024, 4, 9)),
    RamadanPeriod(date(2025, 3, 1), date(2025, 3, 30)),
    RamadanPeriod(date(2026, 2, 19), date(2026, 3, 20)),
    RamadanPeriod(date(2027, 2, 8), date(2027, 3, 9)),
)


def seed_holidays(years: Iterable[int]) -> list[Holiday]:
    """The national holidays and cuti bersama of the years, by date, with Indonesian names.

    Years outside 2024–2027 are left out: the package only estimates them, and no decree exists.
    """
    wanted = sorted({year for year in years if FIRST_YEAR <= year <= LAST_YEAR})
    if not wanted:
        return []
    national = country_holidays("ID", years=wanted, categories=("public",), language="id")
    shared_leave = country_holidays("ID", years=wanted, categories=("government",), language="id")
    days = [Holiday(day, name, "nasional") for day, name in national.items()]
    days += [Holiday(day, name, "cuti_bersama") for day, name in shared_leave.items() if day not in national]
    return sorted(days, key=lambda holiday: holiday.date)
