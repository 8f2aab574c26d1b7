"""Reads one form-js component out of JSON with types checked, noting every problem with the component's place.

Owns the wording of shape problems. Must not know what the single component types mean.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.errors import Problems
from forms.expressions import Expression, ExpressionRefused, parse_expression
from forms.numbers import to_decimal

Json = Mapping[str, Any]
Limit = Decimal | Expression | None


@dataclass(frozen=True, slots=True)
class Reader:
    """One JSON object of the definition and where it stands.

    Attributes:
        raw: the object.
        where: its place for messages, e.g. `components[2] (nama)`.
        label: what people call it.
    """

    raw: Json
    where: str
    label: str
    problems: Problems

    def complain(self, rule: str, message: str, cure: str, message_id: str) -> None:
        """Notes a problem of this component; `message_id` says message and cure in Bahasa Indonesia."""
        self.problems.add(self.where, self.label, rule, message, cure, message_id)

    def part(self, name: str) -> "Reader":
        """The object under `name` (empty when absent) as a reader of its own."""
        value = self.raw.get(name)
        if value is not None and not isinstance(value, Mapping):
            self._wrong_type(name, "an object", value)
        return Reader(value if isinstance(value, Mapping) else {}, f"{self.where}.{name}", self.label, self.problems)

    def text(self, name: str, default: str = "") -> str:
        """The string under `name`."""
        value = self.raw.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            self._wrong_type(name, "a text", value)
            return default
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """The boolean under `name`."""
        value = self.raw.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self._wrong_type(name, "true or false", value)
            return default
        return value

    def items(self, name: str) -> list[Any]:
        """The list under `name`."""
        value = self.raw.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self._wrong_type(name, "a list", value)
            return []
        return value

    def count(self, name: str, at_most: int) -> int | None:
        """The whole number from 0 to `at_most` under `name`."""
        value = self.raw.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= at_most:
            self._wrong_type(name, f"a whole number from 0 to {at_most}", value)
            return None
        return value

    def limit(self, name: str) -> Limit:
        """A number (form-js also writes it as text) or a FEEL expression that gives one."""
        value = self.raw.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, str) and value.startswith("="):
            return self.expression(name)
        number = to_decimal(value) if isinstance(value, str | int | float) else None
        if number is None:
            self._wrong_type(name, "a number or a FEEL expression", value)
        return number

    def expression(self, name: str) -> Expression | None:
        """The FEEL expression under `name`; form-js marks it with a leading `=`."""
        text = self.text(name).strip()
        if not text:
            return None
        if not text.startswith("="):
            self.complain(
                "feel",
                f"Expected a FEEL expression starting with '=' in '{name}', but got '{text[:80]}'.",
                "Put '=' before the expression.",
                f"'{name}' harus rumus FEEL yang diawali '=', bukan '{text[:80]}'.",
            )
            return None
        try:
            return parse_expression(text[1:])
        except ExpressionRefused as refusal:
            self.complain(
                "feel",
                f"Expected a FEEL expression in '{name}', but '{text[:200]}' is none: {refusal}.",
                "Correct the expression.",
                f"Rumus FEEL di '{name}' tidak dapat dibaca: '{text[:200]}'. Perbaiki rumusnya.",
            )
            return None

    def _wrong_type(self, name: str, expected: str, value: object) -> None:
        shown = repr(value)[:60]
        words = f"Isi '{name}' tidak sesuai jenisnya: {shown}."
        self.complain(
            "shape", f"Expected {expected} in '{name}', but got {shown}.", f"Set '{name}' to {expected}.", words
        )
