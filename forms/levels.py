"""The compiled shape of a form: one marshmallow schema for each object level of the data, and lists of rows between.

Owns the tree and how it is built path by path. Must not know component types beyond "input", "rows" and "ignored".
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from marshmallow import RAISE, Schema

from forms.expressions import Expression
from forms.kinds.base import Input

UNKNOWN_FIELD = "Isian ini tidak ada pada formulir."
MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Leaf:
    """One input.

    Attributes:
        name: its key on this level.
        slot: its attribute on the schema (form keys may be any word, attributes of a class may not).
        label: what people call it.
        input: the marshmallow field; None for values that are never taken from a client (computed, disabled).
        hidden_by: hidden when any of these is true; conditions of the groups around it included.
        locked_by: read-only when any of these is true; then nothing is taken from the client either.
    """

    name: str
    slot: str
    label: str
    input: Input | None
    hidden_by: tuple[Expression, ...] = ()
    locked_by: tuple[Expression, ...] = ()


@dataclass(slots=True)
class Level:
    """One object of the data; filled while the form is read, then only read.

    Attributes:
        leaves: the inputs of this level by name.
        nested: the objects and lists below by name.
        schema: the marshmallow schema of the leaves; unknown keys are refused.
        late: the leaves with checks that need the surroundings.
        conditional: something here or below may be hidden, locked or is never taken from the client.
        rows: this level is the row of a list.
        hidden_by: conditions that hide the whole list of rows.
        label: of the list of rows.
    """

    label: str = ""
    rows: bool = False
    hidden_by: tuple[Expression, ...] = ()
    leaves: dict[str, Leaf] = field(default_factory=dict)
    nested: dict[str, "Level"] = field(default_factory=dict)
    schema: Schema = field(default_factory=Schema)
    late: tuple[Leaf, ...] = ()
    conditional: bool = False

    def seal(self) -> None:
        """Compiles this level and all below, once everything is in place."""
        inputs = {leaf.slot: leaf.input for leaf in self.leaves.values() if leaf.input is not None}
        made = Schema.from_dict(dict(inputs), name="FormLevel")
        self.schema = made(unknown=RAISE)
        self.schema.error_messages = {**self.schema.error_messages, "unknown": UNKNOWN_FIELD}
        self.late = tuple(leaf for leaf in self.leaves.values() if leaf.input and leaf.input.has_late_checks)
        for level in self.nested.values():
            level.seal()
        self.conditional = any(
            leaf.hidden_by or leaf.locked_by or leaf.input is None for leaf in self.leaves.values()
        ) or any(level.hidden_by or level.conditional for level in self.nested.values())

    def walk(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Leaf]]:
        """Every leaf with the names that lead to it; rows count as one step without a position."""
        for leaf in self.leaves.values():
            yield (*path, leaf.name), leaf
        for name, level in self.nested.items():
            yield from level.walk((*path, name))


class PathTaken(ValueError):
    """Two components claim the same place in the data."""


def object_at(level: Level, path: list[str]) -> Level:
    """The object level at `path` below `level`, made where it does not exist yet.

    Raises:
        PathTaken: an input or a list already stands on the way.
    """
    for name in path:
        if name in level.leaves or (name in level.nested and level.nested[name].rows):
            raise PathTaken(name)
        level = level.nested.setdefault(name, Level())
    return level


@dataclass(frozen=True, slots=True)
class Conditions:
    """The expressions that decide over a component, those of the groups around it included."""

    hidden_by: tuple[Expression, ...] = ()
    locked_by: tuple[Expression, ...] = ()


def add_leaf(level: Level, path: list[str], label: str, made: Input | None, conditions: Conditions) -> None:
    """Puts an input at `path` below `level`.

    Raises:
        PathTaken: something already stands there.
    """
    home, name = _free_place(level, path)
    slot = f"f{len(home.leaves)}"
    if made is not None:
        made.data_key, made.attribute = name, name
    home.leaves[name] = Leaf(name, slot, label, made, conditions.hidden_by, conditions.locked_by)


def add_rows(level: Level, path: list[str], label: str, conditions: Conditions) -> Level:
    """Puts a list of rows at `path` below `level` and returns the level of one row.

    Raises:
        PathTaken: something already stands there.
    """
    home, name = _free_place(level, path)
    home.nested[name] = Level(label=label, rows=True, hidden_by=conditions.hidden_by)
    return home.nested[name]


def _free_place(level: Level, path: list[str]) -> tuple[Level, str]:
    home = object_at(level, path[:-1])
    name = path[-1]
    if name in home.leaves or name in home.nested:
        raise PathTaken(name)
    return home, name
