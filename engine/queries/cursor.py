"""Opaque cursors: where the next page of a list goes on. Values only; a forged cursor can do no more than a filter."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from engine.days import countable
from engine.errors import InvalidInput

Row = TypeVar("Row")
LARGEST_INTEGER = 2**63 - 1


def encode(*values: Any) -> str:
    """The cursor after the row with these sort values (texts, numbers, aware datetimes)."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    return urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def page_of(
    rows: Sequence[Row], limit: int, place: Callable[[Row], Iterable[Any]], item: Callable[[Row], Any]
) -> dict[str, Any]:
    """One page of `rows`, of which one more than `limit` were asked for.

    Args:
        place: a row's sort values, as `encode` takes them.
        item: what the list tells of a row.

    Returns:
        `{items, next_cursor}`; the cursor is None on the last page.
    """
    shown = rows[:limit]
    return {
        "items": [item(row) for row in shown],
        "next_cursor": encode(*place(shown[-1])) if len(rows) > limit else None,
    }


def decode(cursor: str, *kinds: type) -> list[Any]:
    """The sort values in a cursor, of these types.

    Raises:
        InvalidInput: it is no cursor of this list.
    """
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        parsed = [datetime.fromisoformat(v) if kind is datetime else v for v, kind in zip(values, kinds, strict=True)]
    except (ValueError, TypeError, RecursionError) as error:
        raise foreign() from error
    if not all(_usable(value, kind) for value, kind in zip(parsed, kinds, strict=True)):
        raise foreign()
    return parsed


def _usable(value: Any, kind: type) -> bool:
    """Whether a database can compare with it: of this very type (True is no number), and storable."""
    if type(value) is not kind:
        return False
    if isinstance(value, datetime):
        return value.tzinfo is not None and countable(value)
    if isinstance(value, int):
        return abs(value) <= LARGEST_INTEGER
    return not isinstance(value, str) or is_text(value)


def is_text(value: str) -> bool:
    """Whether it is a text that every database takes: no NUL, no half of a surrogate pair."""
    return "\x00" not in value and not any("\ud800" <= character <= "\udfff" for character in value)


def foreign() -> InvalidInput:
    """The refusal of a cursor that another list, order or hand made."""
    return InvalidInput(
        "Expected a cursor from this list's next_cursor, but got something else.",
        [{"field": "cursor", "message": "Kursor tidak dikenal."}],
    )
