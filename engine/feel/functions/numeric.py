"""Built-in functions on numbers: rounding, powers, parity.

Owns their edge cases: scales outside -6111…6176 and results outside decimal128 are null.
"""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any, Final

from engine.feel.arithmetic import negate
from engine.feel.code import Frame, whole
from engine.feel.functions.registry import built_in
from engine.feel.numbers import DECIMAL128

_NO_NUMBER: Final = (InvalidOperation, DivisionByZero, Overflow)
_MIN_SCALE: Final = -6111
_MAX_SCALE: Final = 6176
_WIDE: Final = Context(prec=12_400, Emin=-999_999, Emax=999_999, traps=[InvalidOperation, DivisionByZero, Overflow])
_ZERO: Final = Decimal(0)
_COSTLY: Final = 150


def rounded(number: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """`number` with `scale` digits after the point (before it when negative); null for an impossible scale."""
    digits = whole(scale)
    if digits is None or not _MIN_SCALE <= digits <= _MAX_SCALE:
        return None
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -digits:
        return number
    return DECIMAL128.plus(number.quantize(Decimal((0, (1,), -digits)), rounding=mode, context=_WIDE))


@built_in("decimal(n: number, scale: number)", "number")
def _decimal(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_HALF_EVEN)


@built_in("floor(n: number, [scale: number])", "number")
def _floor(number: Decimal, scale: Decimal = _ZERO) -> Decimal | None:
    return rounded(number, scale, ROUND_FLOOR)


@built_in("ceiling(n: number, [scale: number])", "number")
def _ceiling(number: Decimal, scale: Decimal = _ZERO) -> Decimal | None:
    return rounded(number, scale, ROUND_CEILING)


@built_in("round up(n: number, scale: number)", "number")
def _round_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_UP)


@built_in("round down(n: number, scale: number)", "number")
def _round_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_DOWN)


@built_in("round half up(n: number, scale: number)", "number")
def _round_half_up(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_HALF_UP)


@built_in("round half down(n: number, scale: number)", "number")
def _round_half_down(number: Decimal, scale: Decimal) -> Decimal | None:
    return rounded(number, scale, ROUND_HALF_DOWN)


@built_in("abs(n: number)", "number")
@built_in("abs(n: duration)", "Any")
def _abs(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value.copy_abs()
    size = getattr(value, "nanos", None)
    size = value.months if size is None else size
    return negate(value) if size < 0 else value


@built_in("modulo(dividend: number, divisor: number)", "number")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """The remainder with the sign of the divisor: dividend - divisor × floor(dividend / divisor)."""
    if not divisor or abs(dividend.adjusted() - divisor.adjusted()) > 6000:
        return None
    rest = _WIDE.remainder(dividend, divisor)
    if rest and (rest < 0) != (divisor < 0):
        rest = _WIDE.add(rest, divisor)
    return DECIMAL128.plus(rest)


@built_in("sqrt(number: number)", "number", frame=True)
def _sqrt(frame: Frame, number: Decimal) -> Decimal | None:
    frame.account.charge(_COSTLY)
    return None if number < 0 else DECIMAL128.sqrt(number)


@built_in("log(number: number)", "number", frame=True)
def _log(frame: Frame, number: Decimal) -> Decimal | None:
    frame.account.charge(_COSTLY)
    return DECIMAL128.ln(number) if number > 0 else None


@built_in("exp(number: number)", "number", frame=True)
def _exp(frame: Frame, number: Decimal) -> Decimal | None:
    frame.account.charge(_COSTLY)
    try:
        return DECIMAL128.exp(number)
    except _NO_NUMBER:
        return None


@built_in("even(number: number)", "boolean")
def _even(number: Decimal) -> bool | None:
    return _divisible(number, 2)


@built_in("odd(number: number)", "boolean")
def _odd(number: Decimal) -> bool | None:
    return _divisible(number, 2, 1)


def _divisible(number: Decimal, by: int, rest: int = 0) -> bool:
    if number != number.to_integral_value():
        return False
    return abs(_WIDE.remainder(number, Decimal(by))) == rest
