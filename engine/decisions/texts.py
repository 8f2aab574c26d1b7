"""Every FEEL text of a box, with its place, its kind and the names that only it may use.

Owns the walk over boxed logic for the checks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.decisions.model import (
    BoxLogic,
    ContextLogic,
    FunctionLogic,
    InvocationLogic,
    ListLogic,
    LiteralLogic,
    Logic,
    RelationLogic,
    TableLogic,
)


@dataclass(frozen=True, slots=True)
class Text:
    """One FEEL text; `kind` as `engine.feel.check` has it, `place` names the cell for people."""

    feel: str
    kind: str
    place: str
    local: frozenset[str]
    line: int


def texts_of(logic: Logic, local: frozenset[str] = frozenset()) -> Iterator[Text]:
    """The texts of a box, in its order."""
    match logic:
        case LiteralLogic():
            yield Text(logic.text, "expression", "", local, logic.line)
        case TableLogic():
            yield from (replace(text, local=local) for text in _of_table(logic))
        case ContextLogic():
            names = local | {name for name, _ in logic.entries if name}
            for _, entry in logic.entries:
                yield from texts_of(entry, names)
        case InvocationLogic():
            yield Text(logic.function, "expression", "", local, logic.line)
            for _, binding in logic.bindings:
                yield from texts_of(binding, local)
        case FunctionLogic():
            yield from texts_of(logic.body, local | {name for name, _ in logic.params})
        case ListLogic():
            for item in logic.items:
                yield from texts_of(item, local)
        case RelationLogic():
            for row in logic.rows:
                for item in row:
                    yield from texts_of(item, local)
        case BoxLogic():
            for role, part in logic.parts.items():
                # the item of a filter brings names of its own, which nobody knows beforehand
                if role != "match":
                    yield from texts_of(part, local | {logic.iterator, "item", "partial"})


def _of_table(table: TableLogic) -> Iterator[Text]:
    none: frozenset[str] = frozenset()
    for at, clause in enumerate(table.inputs, 1):
        yield Text(clause.expression, "expression", f", masukan {at}", none, clause.line)
        yield Text(clause.allowed, "unary_tests", f", masukan {at}", none, clause.line)
    for at, output in enumerate(table.outputs, 1):
        yield Text(output.default, "expression", f", keluaran {at}", none, output.line)
    for rule in table.rules:
        for text in rule.inputs:
            yield Text(text, "unary_tests", f", aturan {rule.number}", none, rule.line)
        for text in rule.outputs:
            yield Text(text, "expression", f", aturan {rule.number}", none, rule.line)
