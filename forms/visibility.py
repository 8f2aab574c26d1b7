"""Which inputs are hidden or locked for given data, and the data without them.

A hidden field does not exist for the conditions of other fields, so the answer is looked for in rounds until it
stands still; fields that hide each other in a circle never do, and end after fifty rounds.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from forms.expressions import Expression
from forms.levels import MOST_ROWS, Level
from forms.scope import Place

Path = tuple[str | int, ...]
_MOST_ROUNDS = 50


def visible_data(
    root: Level, data: Mapping[str, Any], variables: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], frozenset[Path]]:
    """The data without what is hidden, locked or never taken from a client, and the paths left out.

    Args:
        root: the compiled form.
        data: as submitted; unknown keys stay in it, to be refused later.
        variables: what the form was opened with; submitted data comes before them.
        now: what `today()` and `now()` say; aware.

    Raises:
        ExpressionFailed: a condition cannot be calculated with this data.
    """
    if not root.conditional:
        return dict(data), frozenset()
    hidden: frozenset[Path] = frozenset()
    kept = _without(root, data, hidden, ())
    for _ in range(_MOST_ROUNDS):
        base = {**variables, **kept}
        hidden = frozenset(_hidden(root, _Truths(Place(kept), base, now), kept, ()))
        shown = _without(root, data, hidden, ())
        if shown == kept:
            break
        kept = shown
    return kept, hidden


class _Truths:
    """The conditions at one place, each evaluated once."""

    def __init__(self, place: Place, base: Mapping[str, Any], now: datetime) -> None:
        self.place = place
        self.base = base
        self.now = now
        self.context: dict[str, Any] | None = None
        self.known: dict[str, bool] = {}

    def any(self, conditions: tuple[Expression, ...]) -> bool:
        """Whether one of them is true."""
        return any(self._one(condition) for condition in conditions)

    def row(self, here: Any, index: int) -> "_Truths":
        """The same for a row of a list at this place."""
        return _Truths(self.place.row(here, index), self.base, self.now)

    def _one(self, condition: Expression) -> bool:
        if condition.text not in self.known:
            if self.context is None:
                self.context = self.place.context(self.base)
            self.known[condition.text] = condition.is_true(self.context, self.now)
        return self.known[condition.text]


def _hidden(level: Level, truths: _Truths, values: Any, path: Path) -> Iterator[Path]:
    """The hidden and locked places on `level` and below; `values` is what the data holds there."""
    for leaf in level.leaves.values():
        if truths.any(leaf.hidden_by) or truths.any(leaf.locked_by):
            yield (*path, leaf.name)
    for name, below in level.nested.items():
        inside = values.get(name) if isinstance(values, Mapping) else None
        if not below.rows:
            yield from _hidden(below, truths, inside, (*path, name))
        elif truths.any(below.hidden_by):
            yield (*path, name)
        elif isinstance(inside, list) and below.conditional:
            for index, row in enumerate(inside[:MOST_ROWS]):
                yield from _hidden(below, truths.row(row, index), row, (*path, name, index))


def _without(level: Level, values: Mapping[str, Any], hidden: frozenset[Path], path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in values.items():
        place = (*path, name)
        leaf = level.leaves.get(name)
        if place in hidden or (leaf is not None and leaf.input is None):
            continue
        below = level.nested.get(name)
        inner = value if below is None else _below(below, value, hidden, place)
        if below is None or inner != {}:  # a group with everything in it hidden is not there either
            kept[name] = inner
    return kept


def _below(level: Level, value: Any, hidden: frozenset[Path], place: Path) -> Any:
    if level.rows and isinstance(value, list):
        return [
            _without(level, row, hidden, (*place, index)) if isinstance(row, Mapping) else row
            for index, row in enumerate(value)
        ]
    if not level.rows and isinstance(value, Mapping):
        return _without(level, value, hidden, place)
    return value
