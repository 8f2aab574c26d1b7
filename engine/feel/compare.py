"""Equality and order of FEEL values, with three answers: true, false and null.

Owns `=`, `<` and their kin and membership in ranges and tests. Comparing costs what the values are large.
"""

from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, Final

from engine.feel.budget import Account
from engine.feel.temporal import Date, DateTime, DayTime, Time, YearMonth, instant, is_local, time_of_day
from engine.feel.values import Range

_ORDERS: Final = {"<": lt, "<=": le, ">": gt, ">=": ge}


def equal(left: Any, right: Any, account: Account) -> bool | None:
    """`left = right`; null when the types cannot be compared."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list:
        account.charge(len(left) + 1)
        return len(left) == len(right) and all(equal(a, b, account) is True for a, b in zip(left, right, strict=True))
    if kind is dict:
        account.charge(len(left) + 1)
        return left.keys() == right.keys() and all(equal(left[key], right[key], account) is True for key in left)
    if kind is str:
        account.charge(1 + min(len(left), len(right)) // 256)
        return bool(left == right)
    if kind is Range:
        return _equal_ranges(left, right, account)
    if kind is DateTime or kind is Time:
        return is_local(left) == is_local(right) and bool(comparable(left) == comparable(right))
    return bool(left == right)


def _equal_ranges(left: Range, right: Range, account: Account) -> bool:
    ends = left.start_included == right.start_included and left.end_included == right.end_included
    return ends and equal(left.start, right.start, account) is True and equal(left.end, right.end, account) is True


def comparable(value: Any) -> Any:
    """A Python value in the order of the FEEL value; None when its type has no order."""
    if isinstance(value, Decimal | str):
        return value
    if isinstance(value, Date):
        return value.ordinal
    if isinstance(value, DateTime):
        return instant(value)
    if isinstance(value, Time):
        return time_of_day(value)
    if isinstance(value, DayTime):
        return value.nanos
    return value.months if isinstance(value, YearMonth) else None


def order(op: str, left: Any, right: Any) -> bool | None:
    """`left < right` and the like; null when there is no order between them."""
    if type(left) is not type(right):
        return None
    a, b = comparable(left), comparable(right)
    if a is None or (isinstance(left, DateTime | Time) and is_local(left) != is_local(right)):
        return None
    return bool(_ORDERS[op](a, b))


def compare(op: str, left: Any, right: Any, account: Account) -> bool | None:
    """Any of = != < <= > >=."""
    if op == "=":
        return equal(left, right, account)
    if op == "!=":
        same = equal(left, right, account)
        return None if same is None else not same
    return order(op, left, right)


def in_range(value: Any, interval: Range) -> bool | None:
    """Whether a value lies in a range; null when they cannot be compared."""
    above = below = True
    if interval.start is not None:
        found = order(">=" if interval.start_included else ">", value, interval.start)
        if found is None:
            return None
        above = found
    if interval.end is not None:
        found = order("<=" if interval.end_included else "<", value, interval.end)
        if found is None:
            return None
        below = found
    return above and below


def in_value(value: Any, test: Any, account: Account) -> bool | None:
    """`value in test` for a test that is a range, a list of values and ranges, or a value to equal."""
    if isinstance(test, Range) and not isinstance(value, Range):
        return in_range(value, test)
    if isinstance(test, list):
        account.charge(len(test) + 1)
        if isinstance(value, list) and equal(value, test, account):
            return True
        return any(_matches_item(value, item, account) for item in test)
    if test is None:
        return True if value is None else None
    return equal(value, test, account)


def _matches_item(value: Any, item: Any, account: Account) -> bool:
    if isinstance(item, Range) and not isinstance(value, Range):
        return in_range(value, item) is True
    return equal(value, item, account) is True
