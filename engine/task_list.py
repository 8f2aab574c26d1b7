"""What a list of tasks can be filtered and sorted by, and what a saved view of it may hold (pure)."""

from typing import Any

from engine.errors import InvalidInput
from engine.people import text

SORT_KEYS = ("due_at", "opened_at", "name", "definition_name", "registration_number")
SORTS = (*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS))
"""Ascending by name; with "-" in front descending."""

LONGEST_HOURS = 8_760
LONGEST_NAME = 80
MOST_VIEWS = 50  # of one person
_LINES = {"role": 120, "assignee": 80, "definition": 200, "instance_id": 32, "q": 200}


def view_name(value: Any) -> str:
    """The name of a saved view: one line of 1 to 80 characters. Raises InvalidInput."""
    return text("name", value, LONGEST_NAME)


def view_filters(value: Any) -> dict[str, Any]:
    """The filters of a saved view, without those that say nothing.

    Args:
        value: any of role, assignee, definition, instance_id, q (texts), overdue (True), due_within_hours (1 to
            8,760) and sort (one of `SORTS`).

    Raises:
        InvalidInput: something else, naming the field.
    """
    if not isinstance(value, dict):
        raise _wrong("filters", "an object", type(value).__name__)
    found: dict[str, Any] = {}
    for field, given in value.items():
        if given is None or given == "" or given is False:
            continue
        found[field] = _filter(field, given)
    return found


def _filter(field: str, given: Any) -> Any:
    if field in _LINES:
        return text(field, given, _LINES[field])
    if field == "overdue":
        if given is not True:
            raise _wrong(field, "true or false", repr(given)[:80])
    elif field == "due_within_hours":
        if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= LONGEST_HOURS:
            raise _wrong(field, f"a whole number from 1 to {LONGEST_HOURS}", repr(given)[:80])
    elif field == "sort":
        if given not in SORTS:
            raise _wrong(field, f"one of {', '.join(SORTS)}", repr(given)[:80])
    else:
        raise _wrong(field, "a filter of the task list", "another field")
    return given


def _wrong(field: str, expected: str, got: str) -> InvalidInput:
    message = f"Expected {field} to be {expected}, but got {got}."
    return InvalidInput(message, [{"field": field, "message": message}])
