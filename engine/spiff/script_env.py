"""The door between the token loop and FEEL: parses expressions at compilation, evaluates them at run time.

The only module of `engine/spiff` that knows `engine.feel`. Values that come out are JSON values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine import feel
from engine.spiff.failure import StepFailed
from engine.working_calendar import WorkingCalendar

NotFeel = feel.FeelError  # what parsing raises


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed FEEL expression. `names`: the variables it reads."""

    text: str
    parsed: Any
    names: frozenset[str]


def parse(text: str) -> Expression:
    """Parses an expression; a leading `=` is accepted.

    Raises:
        feel.FeelError: the text is not FEEL.
    """
    source = text.strip().removeprefix("=").strip()
    parsed = feel.parse(source)
    return Expression(source, parsed, frozenset(parsed.names))


def parse_script(text: str) -> tuple[tuple[str, Expression], ...]:
    """Parses `name = FEEL` lines. Raises feel.FeelError."""
    return tuple(
        (name, Expression(parsed.text, parsed, frozenset(parsed.names))) for name, parsed in feel.parse_script(text)
    )


def surroundings(now: datetime, calendar: WorkingCalendar) -> feel.Environment:
    """What FEEL may ask: the moment on the agency's wall clock, and its working calendar."""
    local = now.astimezone(ZoneInfo(calendar.zone))
    return feel.Environment(now=lambda: local, working_calendar=calendar)


class Environment:
    """Evaluates expressions at one moment, by one working calendar."""

    def __init__(self, now: datetime, calendar: WorkingCalendar) -> None:
        self._environment = surroundings(now, calendar)

    def evaluate(self, expression: Expression, variables: Mapping[str, Any]) -> Any:
        """The JSON value of an expression over `variables`.

        Raises:
            StepFailed: it cannot be evaluated.
        """
        try:
            return feel.to_json(feel.evaluate(expression.parsed, variables, self._environment))
        except feel.FeelError as error:
            message = f"Expected '{expression.text}' to have a value, but {error}"
            raise StepFailed("expression_failed", message) from error


def as_text(value: Any) -> str:
    """A correlation value as text: what is sent as 7 matches what is awaited as "7"."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
