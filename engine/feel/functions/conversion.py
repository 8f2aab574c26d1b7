"""Built-in functions that turn one kind of value into another, except dates and times.

Owns `string`, `number`, `range`, `is` and `not`.
"""

import re
from decimal import Decimal
from typing import Any, Final

from engine.feel.code import Frame
from engine.feel.compare import equal
from engine.feel.errors import FeelError
from engine.feel.functions.registry import built_in
from engine.feel.numbers import DECIMAL128
from engine.feel.values import Range, kind_of

_NUMBER: Final = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,5})?", re.ASCII)
_MAX_NUMBER: Final = 10_000


@built_in("string(from: Any)", "string", frame=True)
def _string(frame: Frame, value: Any) -> str | None:
    from engine.feel.printer import text_of_value

    return None if value is None else text_of_value(value, frame.account)


@built_in("number(from: string, [grouping separator: string?], [decimal separator: string?])", "number")
def _number(text: str, grouping: str | None = None, point: str | None = None) -> Decimal | None:
    if grouping not in (None, " ", ",", ".") or point not in (None, ",", ".") or (grouping and grouping == point):
        return None
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(point, ".") if point else plain
    if len(plain) > _MAX_NUMBER or _NUMBER.fullmatch(plain) is None:
        return None
    try:
        return DECIMAL128.create_decimal(plain)
    except ArithmeticError:
        return None


@built_in("range(from: string)", "range", frame=True)
def _range(frame: Frame, text: str) -> Range | None:
    from engine.feel.interval_text import parse_range

    try:
        return parse_range(text, frame)
    except FeelError:
        return None  # the standard's answer to a text that is no range


@built_in("is([value1: Any?], [value2: Any?])", "boolean", frame=True)
def _is(frame: Frame, left: Any = None, right: Any = None) -> bool:
    if kind_of(left) != kind_of(right):
        return False
    if kind_of(left) in ("time", "date and time"):
        return bool(left == right)
    return left is right or equal(left, right, frame.account) is True


@built_in("not(negand: boolean)", "boolean")
def _not(value: bool) -> bool:
    return not value
