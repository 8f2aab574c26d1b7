"""Fields that take what JSON says and nothing that merely looks like it: "1" is no number, 1 is no boolean.

And the shapes that many schemas begin with: a page that is asked for, a page that comes, a recorded change.
"""

from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from engine.days import OUTSIDE, countable

__all__ = [
    "RAISE",
    "Change",
    "Choice",
    "Day",
    "Digits",
    "Flag",
    "Line",
    "ListQuery",
    "Moment",
    "Number",
    "Page",
    "Schema",
    "Variables",
]  # fmt: skip

LARGEST_INTEGER = 2_147_483_647


class Number(fields.Integer):
    """A whole JSON number within `low` and `high`."""

    def __init__(self, low: int = 0, high: int = LARGEST_INTEGER, **more: Any) -> None:
        super().__init__(validate=validate.Range(low, high), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Bukan bilangan bulat.")
        return value


class Digits(fields.Integer):
    """A whole number in a query string within `low` and `high`."""

    def __init__(self, low: int = 0, high: int = LARGEST_INTEGER, **more: Any) -> None:
        super().__init__(validate=validate.Range(low, high), **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10):
            raise ValidationError("Bukan bilangan bulat.")
        return int(value)


class Flag(fields.Boolean):
    """A JSON boolean; in a query string, `true` or `false`."""

    def __init__(self, *, query: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self._query = query

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if self._query and value in ("true", "false"):
            return bool(value == "true")
        if self._query or not isinstance(value, bool):
            raise ValidationError("Harus true atau false.")
        return value


class Line(fields.String):
    """A text of `low` to `high` characters."""

    def __init__(self, high: int, low: int = 1, **more: Any) -> None:
        super().__init__(validate=validate.Length(low, high), **more)


class Choice(fields.String):
    """One of a few words."""

    def __init__(self, *words: str, **more: Any) -> None:
        super().__init__(validate=validate.OneOf(words), **more)


class Variables(fields.Dict):
    """A JSON object with any values: form data or process variables, judged by the form."""

    def __init__(self, **more: Any) -> None:
        super().__init__(keys=fields.String(validate=validate.Length(max=200)), **more)


def _countable(value: date) -> None:
    if not countable(value):
        raise ValidationError(OUTSIDE)


class Day(fields.Date):
    """A day within the years in which calendars count."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validate=_countable, **more)


class Moment(fields.AwareDateTime):
    """A moment with its zone, within the years in which calendars count."""

    def __init__(self, **more: Any) -> None:
        super().__init__(validate=_countable, **more)


class ListQuery(Schema):
    """Which page of a list."""

    limit = Digits(1, 200, load_default=50)
    cursor = Line(2000)


class Page(Schema):
    """A page of a list; `next_cursor` asks for the next one."""

    next_cursor = fields.String(allow_none=True, required=True)


class Change(Schema):
    """What was changed and why."""

    reason = fields.String(required=True)
    old = fields.Dict(required=True)
    new = fields.Dict(required=True)
