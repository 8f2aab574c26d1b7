"""Which inputs are hidden or locked for given data, and the data without them.

A hidden field does not exist for the conditions of other fields, so the answer is looked for in rounds until it
stands still; fields that hide each other in a circle never do, and end after fifty rounds.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from forms.expressions import Expression, scope
from forms.levels import MOST_ROWS, Level

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
        found = frozenset(_Round(variables, kept, now).hidden(root, kept, ()))
        if found == hidden:
            break
        hidden = found
        kept = _without(root, data, hidden, ())
    return kept, hidden


class _Round:
    """One evaluation of all conditions over the same data."""

    def __init__(self, variables: Mapping[str, Any], data: Mapping[str, Any], now: datetime) -> None:
        self.base = {**variables, **data}
        self.now = now

    def hidden(
        self, level: Level, here: Any, path: Path, parent: Any = None, positions: tuple[int, ...] = ()
    ) -> Iterator[Path]:
        """The hidden and locked places on `level` and below; `here` is what `this` means on the way."""
        truths: dict[str, bool] = {}
        yield from self._on_level(level, _Place(here, parent, positions), here, path, truths)

    def _on_level(
        self, level: Level, place: "_Place", values: Any, path: Path, truths: dict[str, bool]
    ) -> Iterator[Path]:
        for leaf in level.leaves.values():
            if self._any(leaf.hidden_by, place, truths) or self._any(leaf.locked_by, place, truths):
                yield (*path, leaf.name)
        for name, below in level.nested.items():
            inside = values.get(name) if isinstance(values, Mapping) else None
            if not below.rows:
                yield from self._on_level(below, place, inside, (*path, name), truths)
            elif self._any(below.hidden_by, place, truths):
                yield (*path, name)
            elif isinstance(inside, list) and below.conditional:
                for index, row in enumerate(inside[:MOST_ROWS]):
                    positions = (*place.positions, index + 1)
                    yield from self.hidden(below, row, (*path, name, index), place.here, positions)

    def _any(self, conditions: tuple[Expression, ...], place: "_Place", truths: dict[str, bool]) -> bool:
        for condition in conditions:
            if condition.text not in truths:
                context = scope(self.base, place.here, place.parent, list(place.positions))
                truths[condition.text] = condition.is_true(context, self.now)
            if truths[condition.text]:
                return True
        return False


class _Place:
    """What `this`, `parent` and `i` mean."""

    __slots__ = ("here", "parent", "positions")

    def __init__(self, here: Any, parent: Any, positions: tuple[int, ...]) -> None:
        self.here = here
        self.parent = parent
        self.positions = positions


def _without(level: Level, values: Mapping[str, Any], hidden: frozenset[Path], path: Path) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in values.items():
        place = (*path, name)
        leaf = level.leaves.get(name)
        if place in hidden or (leaf is not None and leaf.input is None):
            continue
        below = level.nested.get(name)
        inner = value if below is None else _below(below, value, hidden, place)
        if inner != {}:  # a group with everything in it hidden is not there either
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
