"""FEEL's numbers: IEEE 754 decimal128, 34 digits, half to even.

Owns the arithmetic context and the forms a number takes in text and JSON.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

DECIMAL128 = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    capitals=1,
    clamp=0,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)


def plain(value: Decimal) -> str:
    """The number without an exponent and without zeros that say nothing: `1500`, `0.25`."""
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
