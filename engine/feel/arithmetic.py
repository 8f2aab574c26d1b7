"""FEEL's operators + - * / ** and negation on numbers, strings, temporal values and durations.

Owns which pairs of types have a result; every other pair, division by zero and overflow give null.
"""

from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final

from engine.feel.budget import Account
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import (
    Date,
    DateTime,
    DayTime,
    Time,
    YearMonth,
    add_duration,
    instant,
    is_local,
    time_of_day,
)

_NO_NUMBER: Final = (InvalidOperation, DivisionByZero, Overflow)
_MAX_MONTHS: Final = 10**12
_MAX_NANOS: Final = 10**30
_MAX_DIGITS: Final = 40
_POINTS: Final = (Date, DateTime, Time)
_DURATIONS: Final = (DayTime, YearMonth)


def add(left: Any, right: Any, account: Account) -> Any:
    """`left + right`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _decimal(DECIMAL128.add, left, right)
    if isinstance(left, str) and isinstance(right, str):
        account.check_size(len(left) + len(right))
        account.charge(1 + (len(left) + len(right)) // 256)
        return left + right
    if isinstance(left, _DURATIONS):
        if type(left) is type(right):
            return _sum_of_durations(left, right, 1)
        return add_duration(right, left) if isinstance(right, _POINTS) else None
    if isinstance(left, _POINTS) and isinstance(right, _DURATIONS):
        return add_duration(left, right)
    return None


def subtract(left: Any, right: Any, _account: Account) -> Any:
    """`left - right`."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _decimal(DECIMAL128.subtract, left, right)
    if isinstance(left, _DURATIONS):
        return _sum_of_durations(left, right, -1) if type(left) is type(right) else None
    if isinstance(left, _POINTS) and isinstance(right, _DURATIONS):
        return add_duration(left, right, -1)
    if isinstance(left, Time) and isinstance(right, Time):
        return DayTime(time_of_day(left) - time_of_day(right)) if is_local(left) == is_local(right) else None
    if isinstance(left, Date | DateTime) and isinstance(right, Date | DateTime):
        return DayTime(instant(left) - instant(right)) if _local(left) == _local(right) else None
    return None


def _local(value: Date | DateTime) -> bool:
    """A date counts as its midnight in UTC, as the standard says."""
    return False if isinstance(value, Date) else is_local(value)


def _sum_of_durations(left: Any, right: Any, sign: int) -> Any:
    if isinstance(left, YearMonth):
        return _year_month(left.months + sign * right.months)
    return _day_time(left.nanos + sign * right.nanos)


def _year_month(months: int) -> YearMonth | None:
    return YearMonth(months) if abs(months) <= _MAX_MONTHS else None


def _day_time(nanos: int) -> DayTime | None:
    return DayTime(nanos) if abs(nanos) <= _MAX_NANOS else None


def multiply(left: Any, right: Any, _account: Account) -> Any:
    """`left * right`."""
    if isinstance(left, Decimal):
        if isinstance(right, Decimal):
            return _decimal(DECIMAL128.multiply, left, right)
        return _scale(right, left, DECIMAL128.multiply)
    return _scale(left, right, DECIMAL128.multiply) if isinstance(right, Decimal) else None


def divide(left: Any, right: Any, _account: Account) -> Any:
    """`left / right`."""
    if isinstance(right, Decimal):
        if isinstance(left, Decimal):
            return _decimal(DECIMAL128.divide, left, right)
        return _scale(left, right, DECIMAL128.divide)
    if isinstance(left, DayTime) and isinstance(right, DayTime):
        return _decimal(DECIMAL128.divide, Decimal(left.nanos), Decimal(right.nanos))
    if isinstance(left, YearMonth) and isinstance(right, YearMonth):
        return _decimal(DECIMAL128.divide, Decimal(left.months), Decimal(right.months))
    return None


def _scale(duration: Any, factor: Decimal, op: Callable[[Decimal, Decimal], Decimal]) -> Any:
    if isinstance(duration, YearMonth):
        months = _decimal(op, Decimal(duration.months), factor)
        return None if months is None or months.adjusted() > _MAX_DIGITS else _year_month(int(months))
    if isinstance(duration, DayTime):
        nanos = _decimal(op, Decimal(duration.nanos), factor)
        return None if nanos is None or nanos.adjusted() > _MAX_DIGITS else _day_time(int(nanos))
    return None


def power(left: Any, right: Any, account: Account) -> Any:
    """`left ** right`."""
    if not isinstance(left, Decimal) or not isinstance(right, Decimal):
        return None
    account.charge(50)
    if not right:
        return Decimal(1)
    return _decimal(DECIMAL128.power, left, right)


def negate(value: Any) -> Any:
    """`-value`."""
    if isinstance(value, Decimal):
        return DECIMAL128.minus(value)
    if isinstance(value, DayTime):
        return DayTime(-value.nanos)
    return YearMonth(-value.months) if isinstance(value, YearMonth) else None


def _decimal(op: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal) -> Decimal | None:
    try:
        result = op(left, right)
    except _NO_NUMBER:
        return None
    return result if result.is_finite() else None  # 0 ** -1 is Infinity, and no trap says so


OPERATORS: Final[dict[str, Callable[[Any, Any, Account], Any]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "**": power,
}
