"""FEEL in forms: conditions, computed limits and options. The only place of `forms` that talks to `engine.feel`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from engine import feel


class ExpressionRefused(ValueError):
    """The text is not FEEL."""


class ExpressionFailed(ValueError):
    """The data cannot be calculated with: a number without end, or more work than one expression may take.

    Attributes:
        message_id: why, in Bahasa Indonesia.
    """

    def __init__(self, text: str, failure: feel.FeelError) -> None:
        super().__init__(f"'{text[:80]}': {failure}")
        self.message_id = failure.message_id


@dataclass(frozen=True, slots=True)
class Expression:
    """A FEEL expression of a form."""

    text: str
    compiled: feel.Expression = field(compare=False, repr=False)

    def is_true(self, context: Mapping[str, Any], now: datetime) -> bool:
        """Whether the value is true; null and everything else is not.

        Raises:
            ExpressionFailed.
        """
        return self._evaluate(context, now) is True

    def number(self, context: Mapping[str, Any], now: datetime) -> Decimal | None:
        """The value if it is a number.

        Raises:
            ExpressionFailed.
        """
        value = self._evaluate(context, now)
        return value if isinstance(value, Decimal) else None

    def items(self, context: Mapping[str, Any], now: datetime) -> list[Any]:
        """The value as plain JSON if it is a list, else nothing.

        Raises:
            ExpressionFailed.
        """
        value = self._evaluate(context, now)
        return list(feel.to_json(value)) if isinstance(value, list) else []

    def _evaluate(self, context: Mapping[str, Any], now: datetime) -> Any:
        try:
            return self.compiled.evaluate(context, feel.Environment(now=lambda: now))
        except feel.FeelError as failure:
            raise ExpressionFailed(self.text, failure) from failure


def parse_expression(text: str) -> Expression:
    """Checks and compiles a FEEL expression.

    Raises:
        ExpressionRefused: it is none, or too large.
    """
    try:
        return Expression(text, feel.parse(text))
    except feel.FeelError as refusal:
        raise ExpressionRefused(str(refusal)) from refusal
