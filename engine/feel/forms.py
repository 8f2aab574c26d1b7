"""FEEL values as JSON and back: plain JSON for stored variables, and the notation of the TCK for tests.

Owns the three directions `to_json`, `to_tck`, `from_tck`. Functions have no JSON form.
"""

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.feel.errors import FeelBudgetError, FeelValueError
from engine.feel.numbers import DECIMAL128, plain
from engine.feel.printer import text_of_value
from engine.feel.temporal import Date, DateTime, DayTime, Time, YearMonth
from engine.feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time, text_of
from engine.feel.values import BuiltIn, Function, Range

_MOST_VALUES: Final = 50_000
_DEEPEST: Final = 100
_LONGEST_INTEGER: Final = 34
_TCK_KINDS: Final[dict[type, str]] = {
    Date: "$date",
    Time: "$time",
    DateTime: "$dateTime",
    DayTime: "$duration",
    YearMonth: "$duration",
}
_FROM_TCK: Final[dict[str, Callable[[str], Any]]] = {
    "$num": DECIMAL128.create_decimal,
    "$date": parse_date,
    "$time": parse_time,
    "$dateTime": parse_date_time,
    "$duration": parse_duration,
}


class _Walk:
    """Turns a value inside out, counting, so that values that share parts cannot grow without end."""

    def __init__(self, leaf: Callable[[Any], Any]) -> None:
        self._leaf = leaf
        self._left = _MOST_VALUES

    def run(self, value: Any, depth: int = 0) -> Any:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise FeelBudgetError(
                "values",
                f"Hasil FEEL memuat lebih dari {_MOST_VALUES} nilai atau {_DEEPEST} tingkat.",
                f"Expected a FEEL result of at most {_MOST_VALUES} values and {_DEEPEST} levels, but it has more.",
            )
        if isinstance(value, list | tuple):
            return [self.run(item, depth + 1) for item in value]
        if isinstance(value, dict):
            return {key: self.run(item, depth + 1) for key, item in value.items()}
        return self._leaf(value)


def to_json(value: object) -> Any:
    """Plain JSON values: numbers without loss of digits where JSON can, temporal values as ISO text, ranges as FEEL.

    Raises:
        FeelValueError: a function, which has no JSON form.
        FeelBudgetError: more values than a variable may hold.
    """
    return _Walk(_json_leaf).run(value)


def _json_leaf(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number_to_json(value)
    if type(value) in _TCK_KINDS:
        return text_of(value)
    if isinstance(value, Range):
        return text_of_value(value)
    if isinstance(value, Function | BuiltIn):
        raise FeelValueError(
            "Fungsi FEEL tidak dapat disimpan sebagai data.", "Expected a FEEL value that JSON has, but got a function."
        )
    return value


def number_to_json(value: Decimal) -> int | float | str:
    """An int when integral, else the float that reads as the same number or lies nearest; text beyond the floats."""
    if value == value.to_integral_value() and value.adjusted() < _LONGEST_INTEGER:
        return int(value)
    nearest = float(value)
    return nearest if math.isfinite(nearest) else str(value)


def to_tck(value: object) -> Any:
    """The notation of the TCK cases: `{"$num": "1.5"}`, `{"$date": "2026-11-21"}`; functions and ranges as text."""
    return _Walk(_tck_leaf).run(value)


def _tck_leaf(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"$num": plain(value) if abs(value.adjusted()) <= 2 * _LONGEST_INTEGER else str(value)}
    if type(value) in _TCK_KINDS:
        return {_TCK_KINDS[type(value)]: text_of(value)}
    return text_of_value(value) if isinstance(value, Range | Function | BuiltIn) else value


def from_tck(value: Any) -> Any:
    """The FEEL value of a value in the notation of the TCK cases.

    Raises:
        FeelValueError: a `$…` text that is no such value.
    """
    if isinstance(value, list):
        return [from_tck(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        (kind, text), *_ = value.items()
        if kind in _FROM_TCK and isinstance(text, str):
            return _read(kind, text)
    return {key: from_tck(item) for key, item in value.items()}


def _read(kind: str, text: str) -> Any:
    try:
        found = _FROM_TCK[kind](text)
    except ArithmeticError:
        found = None
    if found is None:
        raise FeelValueError(f"Bukan nilai {kind}: {text!r}.", f"Expected a {kind} value, but got {text!r}.")
    return found
