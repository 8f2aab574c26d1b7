"""A cumulative count over days: a weekly pattern with exceptional days, for any date at once.

Owns the arithmetic that makes working time cheap: both directions are one bisection over the exceptional days, never
a walk from day to day, so that a term of thirty years costs what a term of one day costs. Knows no clocks or zones.
Days are proleptic Gregorian ordinals (`date.toordinal`); ordinal 1 is a Monday.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate


class DayTally:
    """How much (working days, working microseconds) all days before a given one hold.

    Args:
        week: the amount of each weekday from Monday on; seven numbers >= 0, at least one > 0.
        exceptions: the amount of single days, by ordinal, that replaces the weekly one.
    """

    __slots__ = ("_after", "_at", "_extra", "_ordinals", "_prefix", "_total")

    def __init__(self, week: Sequence[int], exceptions: Mapping[int, int]) -> None:
        self._prefix = [0, *accumulate(week)]
        self._total = self._prefix[-1]
        self._ordinals = sorted(exceptions)
        # what all exceptions before number i add to (or take from) the weekly pattern
        self._extra = [0, *accumulate(exceptions[day] - week[(day - 1) % 7] for day in self._ordinals)]
        self._at = [
            self._weekly(day) + extra for day, extra in zip(self._ordinals, self._extra, strict=False)
        ]  # before each exception
        self._after = [at + exceptions[day] for at, day in zip(self._at, self._ordinals, strict=True)]

    def before(self, day: int) -> int:
        """The amount that all days before ordinal `day` hold (counted from ordinal 1)."""
        return self._weekly(day) + self._extra[bisect_left(self._ordinals, day)]

    def find(self, amount: int) -> int:
        """The ordinal of the day with unit number `amount` (from 0): before(day) <= amount < before(day + 1)."""
        index = bisect_right(self._at, amount) - 1
        if index < 0:
            return self._weekly_day(amount)
        if amount < self._after[index]:
            return self._ordinals[index]
        return self._weekly_day(amount - self._extra[index + 1])

    def _weekly(self, day: int) -> int:
        weeks, weekday = divmod(day - 1, 7)
        return weeks * self._total + self._prefix[weekday]

    def _weekly_day(self, amount: int) -> int:
        weeks, rest = divmod(amount, self._total)
        return weeks * 7 + bisect_right(self._prefix, rest)
