"""Keeps unfinished form data: what has a place in the form and is small enough, valid or not. Never refuses."""

from collections.abc import Mapping
from typing import Any

from forms.kinds.text import HARD_LIMIT
from forms.levels import MOST_ROWS, Level
from forms.model import FormDefinition

_MOST_CHARACTERS = 200_000
_MOST_ITEMS = 2_000
_LARGEST = 10**40


def draft(form: FormDefinition, data: object) -> dict[str, Any]:
    """What of `data` can be kept as a draft of `form`; never fails.

    Kept: values under keys of the form, texts up to 20,000 characters, lists of plain values, rows of lists; 200,000
    characters in all. Left out: unknown keys, computed and read-only fields, anything too large or not storable.
    """
    return _Keeper().level(form.root, data)


class _Keeper:
    """One walk with one budget."""

    def __init__(self) -> None:
        self.left = _MOST_CHARACTERS

    def level(self, level: Level, values: object) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        if not isinstance(values, Mapping):
            return kept
        for name, leaf in level.leaves.items():
            if leaf.input is not None and name in values and self.fits(values[name]):
                kept[name] = values[name]
        for name, below in level.nested.items():
            if name not in values:
                continue
            if not below.rows:
                kept[name] = self.level(below, values[name])
            elif isinstance(values[name], list):
                kept[name] = [self.level(below, row) for row in values[name][:MOST_ROWS]]
        return kept

    def fits(self, value: object) -> bool:
        """Whether the value can be stored and the budget allows it."""
        if isinstance(value, list):
            return len(value) <= _MOST_ITEMS and all(not isinstance(item, list) and self.fits(item) for item in value)
        if isinstance(value, str):
            self.left -= len(value) + 1
            return len(value) <= HARD_LIMIT and self.left >= 0 and _storable(value)
        self.left -= 10
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.left >= 0 and abs(value) < _LARGEST  # false for NaN too
        return self.left >= 0 and (value is None or isinstance(value, bool))


def _storable(text: str) -> bool:
    """No NUL and no lone surrogates: databases refuse both."""
    return "\x00" not in text and not any("\ud800" <= char <= "\udfff" for char in text)
