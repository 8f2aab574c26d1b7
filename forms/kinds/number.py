"""number: limits, decimal digits and steps, in exact decimals."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from random import Random
from typing import Any, ClassVar, Self

from marshmallow import ValidationError

from forms.expressions import Expression
from forms.kinds.base import Input, SampleImpossible, read_default, read_required
from forms.numbers import MAX_SAFE_INTEGER, decimal_places, to_decimal, to_json, to_text
from forms.reader import Limit, Reader
from forms.scope import Scope

_EXACT = Context(prec=120)
_MOST_DIGITS = 20


class NumberInput(Input):
    """A number; with `serializeToString` a number written as text, of any length up to 40 digits."""

    validate_keys: ClassVar[frozenset[str]] = frozenset({"min", "max"})

    def __init__(self, required: bool, *, digits: int | None, step: Decimal | None, as_text: bool) -> None:
        super().__init__(required)
        self.feel_type = "string" if as_text else "number"
        self.digits = digits
        self.step = step
        self.as_text = as_text
        self.least: Limit = None
        self.most: Limit = None

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a number component."""
        rules = reader.part("validate")
        step = reader.limit("increment")
        if isinstance(step, Expression) or (step is not None and step <= 0):
            message, cure = "Expected a positive number in 'increment'.", "Correct or remove 'increment'."
            reader.complain("limits", message, cure, "Kelipatan harus bilangan positif.")
            step = None
        field = cls(
            read_required(reader, cls.validate_keys),
            digits=reader.count("decimalDigits", _MOST_DIGITS),
            step=step,
            as_text=reader.flag("serializeToString"),
        )
        field.least, field.most = rules.limit("min"), rules.limit("max")
        field._check_limits(rules)
        field.has_late_checks = isinstance(field.least, Expression) or isinstance(field.most, Expression)
        read_default(reader, field)
        return field

    def _check_limits(self, rules: Reader) -> None:
        if isinstance(self.least, Decimal) and isinstance(self.most, Decimal) and self.least > self.most:
            message = f"Expected min <= max, but got {self.least} > {self.most}."
            words = f"Batas terkecil {self.least} melebihi batas terbesar {self.most}."
            rules.complain("limits", message, "Correct the limits.", words)

    def check(self, value: Any) -> int | float | str:
        """Type, size, digits, step, fixed limits."""
        number = self._number(value)
        if self.digits is not None and decimal_places(number) > self.digits:
            raise ValidationError(
                "Harus bilangan bulat." if self.digits == 0 else f"Paling banyak {self.digits} angka di belakang koma."
            )
        if self.step is not None and _EXACT.remainder(number, self.step) != 0:
            raise ValidationError(f"Harus kelipatan {to_text(self.step)}.")
        message = _outside(number, self.least, self.most)
        if message:
            raise ValidationError(message)
        return to_text(number) if self.as_text else to_json(number)

    def _number(self, value: Any) -> Decimal:
        taken = int | float | str if self.as_text else int | float
        if isinstance(value, bool) or not isinstance(value, taken):
            raise ValidationError("Harus berupa angka.")
        number = to_decimal(value)
        if number is None:
            raise ValidationError("Harus berupa angka yang wajar.")
        if not self.as_text and abs(number) > MAX_SAFE_INTEGER:
            raise ValidationError(f"Angka terlalu besar (paling besar {MAX_SAFE_INTEGER}).")
        return number

    def late(self, value: Any, scope: Scope) -> str | None:
        """Computed limits."""
        number = None if value is None else to_decimal(value)
        if number is None:
            return None
        return _outside(number, _computed(self.least, scope), _computed(self.most, scope))

    def sample(self, random: Random, scope: Scope) -> int | float | str:
        """A number between the limits, on the step."""
        least = _computed(self.least, scope)
        most = _computed(self.most, scope)
        low = least if least is not None else (Decimal(0) if most is None or most >= 0 else most - 100)
        high = most if most is not None else low + 100
        unit = self.step or Decimal(1).scaleb(-(self.digits or 0))
        first = _EXACT.divide(low, unit).to_integral_value(ROUND_CEILING)
        last = _EXACT.divide(high, unit).to_integral_value(ROUND_FLOOR)
        if first > last and self.digits is None and self.step is None:
            first, last, unit = low, low, Decimal(1)
        if first > last:
            raise SampleImpossible("no number lies between its limits; correct min, max or increment")
        number = unit * (first + random.randint(0, min(int(last - first), 1_000_000)))
        return to_text(number) if self.as_text else to_json(number)

    def json_schema(self) -> dict[str, Any]:
        """A number with its fixed limits."""
        if self.as_text:
            return {"type": "string"}
        schema: dict[str, Any] = {"type": "integer" if self.digits == 0 else "number"}
        if isinstance(self.least, Decimal):
            schema["minimum"] = to_json(self.least)
        if isinstance(self.most, Decimal):
            schema["maximum"] = to_json(self.most)
        return schema


def _computed(limit: Limit, scope: Scope) -> Decimal | None:
    return limit.number(scope.context, scope.now) if isinstance(limit, Expression) else limit


def _outside(number: Decimal, least: Limit, most: Limit) -> str | None:
    if isinstance(least, Decimal) and number < least:
        return f"Paling kecil {to_text(least)}."
    if isinstance(most, Decimal) and number > most:
        return f"Paling besar {to_text(most)}."
    return None
