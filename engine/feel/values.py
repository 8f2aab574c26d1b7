"""What a FEEL value is inside: None, bool, str, Decimal, list, dict, temporal values, ranges and functions.

Owns the kinds, and the door for values from outside. Never lets a Python object through that is not a FEEL value.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation, Overflow
from typing import Any, Final

from engine.feel.errors import FeelValueError
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import DAY, HOUR, MINUTE, SECOND, Date, DateTime, DayTime, Time, YearMonth

_MAX_DEPTH: Final = 100
_MAX_BITS: Final = 20_000
_INFINITE: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Range:
    """All values between two ends; an end that is None is unbounded (`< 10`)."""

    start: Any
    end: Any
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function written in FEEL, with the place where it was written."""

    params: tuple[str, ...]
    types: tuple[Any, ...]
    body: Callable[[Any], Any]
    frame: Any
    cost: int


@dataclass(frozen=True, slots=True, eq=False)
class BuiltIn:
    """A function of the standard or one of ours."""

    name: str


def kind_of(value: object) -> str:
    """The FEEL type of a value, as `instance of` names it."""
    return _KINDS.get(type(value), "Any")


_KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    str: "string",
    Decimal: "number",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DayTime: "days and time duration",
    YearMonth: "years and months duration",
    Range: "range",
    Function: "function",
    BuiltIn: "function",
}
_AS_IS: Final = frozenset({type(None), bool, str, Date, Time, DateTime, DayTime, YearMonth, Range, Function, BuiltIn})


def to_feel(value: object, depth: int = 0) -> Any:
    """The FEEL value of a Python value.

    Args:
        value: None, bool, str, int, float, Decimal, list, tuple, dict, datetime, date, time, timedelta or FEEL value.
        depth: for the recursion; leave it.

    Raises:
        FeelValueError: anything else, a number that is not finite, keys that are no strings, or nesting without end.
    """
    kind = type(value)
    if kind in _AS_IS:
        return value
    if kind is int or kind is Decimal or kind is float:
        return _number(value)
    if depth > _MAX_DEPTH:
        raise FeelValueError(
            f"Nilai bersarang lebih dari {_MAX_DEPTH} tingkat.", f"Expected at most {_MAX_DEPTH} levels in a value."
        )
    if isinstance(value, list | tuple):
        return [to_feel(item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {_key(key): to_feel(item, depth + 1) for key, item in value.items()}
    return _other(value)


def _other(value: object) -> Any:
    if isinstance(value, datetime):
        return DateTime(_date(value), _time(value, value.utcoffset()))
    if isinstance(value, date):
        return _date(value)
    if isinstance(value, time):
        return _time(value, value.utcoffset())
    if isinstance(value, timedelta):
        return DayTime(value.days * DAY + value.seconds * SECOND + value.microseconds * 1000)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return _number(value)
    raise FeelValueError(
        f"Seharusnya nilai FEEL, tetapi yang ada {type(value).__name__}.",
        f"Expected a FEEL value, but got {type(value).__name__}.",
    )


def _number(value: Any) -> Decimal:
    try:
        if isinstance(value, float):
            number = DECIMAL128.create_decimal(repr(float(value)))
        elif isinstance(value, int) and value.bit_length() > _MAX_BITS:
            number = _INFINITE
        else:
            number = DECIMAL128.create_decimal(value)
    except (InvalidOperation, Overflow):
        number = _INFINITE
    if not number.is_finite():
        raise FeelValueError(
            "Seharusnya angka berhingga dalam jangkauan FEEL (34 digit).",
            "Expected a finite number within FEEL's 34 digits.",
        )
    return number


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise FeelValueError(
            f"Kunci konteks harus teks, tetapi yang ada {type(key).__name__}.",
            f"Expected a string as key, but got {type(key).__name__}.",
        )
    return key


def _date(value: date) -> Date:
    return Date(value.year, value.month, value.day)


def _time(value: datetime | time, offset: timedelta | None) -> Time:
    nanos = value.hour * HOUR + value.minute * MINUTE + value.second * SECOND + value.microsecond * 1000
    zone = getattr(value.tzinfo, "key", None)
    if isinstance(zone, str) and not value.fold:  # the second of two equal hours is told by its offset alone
        return Time(nanos, None, zone)
    return Time(nanos, None if offset is None else int(offset.total_seconds()))
