"""Numbers of forms: exact decimals out of JSON, and back to plain JSON numbers. No binary arithmetic in between."""

import math
from decimal import Decimal, InvalidOperation

MAX_SAFE_INTEGER = 2**53 - 1  # beyond it a browser silently changes digits
_MAX_TEXT = 60
_MAX_EXPONENT = 40


def to_decimal(value: str | int | float) -> Decimal | None:
    """The exact value as written; None when not finite or beyond 40 digits before or after the point."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**_MAX_EXPONENT else None
    if isinstance(value, float):
        return Decimal(repr(value)) if math.isfinite(value) and abs(value) < 10**_MAX_EXPONENT else None
    return _from_text(value)


def _from_text(text: str) -> Decimal | None:
    if len(text) > _MAX_TEXT or not text.isascii() or "_" in text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MAX_EXPONENT:
        return None
    return number


def decimal_places(number: Decimal) -> int:
    """How many digits stand after the decimal point, trailing zeros not counted."""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def to_json(number: Decimal) -> int | float:
    """The plain JSON number: whole ones as int."""
    return int(number) if number == number.to_integral_value() else float(number)


def to_text(number: Decimal) -> str:
    """The plain written number, never with an exponent."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
