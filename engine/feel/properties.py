"""The properties of FEEL values: `.year`, `.hours`, `.start included` and their kin.

Owns their names and meaning.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Date,
    DateTime,
    DayTime,
    Time,
    YearMonth,
    time_offset,
)
from engine.feel.values import Range


def _offset(value: Time, on: Date | None = None) -> DayTime | None:
    seconds = time_offset(value, on)
    return None if seconds is None else DayTime(seconds * SECOND)


def _part(size: int, unit: int, modulus: int | None = None) -> Decimal:
    """A component of a duration, with the duration's sign."""
    part = abs(size) // unit
    part = part % modulus if modulus else part
    return Decimal(-part if size < 0 else part)


def _second(nanos: int) -> Decimal:
    second = nanos % MINUTE
    return Decimal(second // SECOND) if second % SECOND == 0 else DECIMAL128.divide(Decimal(second), Decimal(SECOND))


_DATE: Final[dict[str, Callable[[Any], Any]]] = {
    "year": lambda value: Decimal(value.year),
    "month": lambda value: Decimal(value.month),
    "day": lambda value: Decimal(value.day),
    "weekday": lambda value: Decimal(value.weekday),
}
_TIME: Final[dict[str, Callable[[Any], Any]]] = {
    "hour": lambda value: Decimal(value.nanos // HOUR),
    "minute": lambda value: Decimal(value.nanos // MINUTE % 60),
    "second": lambda value: _second(value.nanos),
    "time offset": _offset,
    "timezone": lambda value: value.zone,
}


def _of_date(name: str) -> Callable[[Any], Any]:
    return lambda value: _DATE[name](value.date)


def _of_time(name: str) -> Callable[[Any], Any]:
    return lambda value: _TIME[name](value.time)


PROPERTIES: Final[dict[type, dict[str, Callable[[Any], Any]]]] = {
    Date: _DATE,
    Time: _TIME,
    DateTime: {name: _of_date(name) for name in _DATE}
    | {name: _of_time(name) for name in _TIME}
    | {"time offset": lambda value: _offset(value.time, value.date)},
    YearMonth: {
        "years": lambda value: _part(value.months, 12),
        "months": lambda value: _part(value.months, 1, 12),
    },
    DayTime: {
        "days": lambda value: _part(value.nanos, DAY),
        "hours": lambda value: _part(value.nanos, HOUR, 24),
        "minutes": lambda value: _part(value.nanos, MINUTE, 60),
        "seconds": lambda value: _part(value.nanos, SECOND, 60),
    },
    Range: {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}


def property_of(value: Any, name: str) -> Any:
    """`value.name` for one value; null when it has no such property."""
    if isinstance(value, dict):
        return value.get(name)
    read = PROPERTIES.get(type(value), {}).get(name)
    return None if read is None else read(value)
