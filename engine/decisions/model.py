"""A DMN file as values: decisions, the logic in their boxes, what they require, and the types of the file.

Owns the shape only. Texts stay FEEL texts here; `compile.py` gives them meaning and `validate.py` judges them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.feel.nodes import TypeNode

HIT_POLICIES: Final = {
    "UNIQUE": "U",
    "ANY": "A",
    "FIRST": "F",
    "PRIORITY": "P",
    "RULE ORDER": "R",
    "OUTPUT ORDER": "O",
    "COLLECT": "C",
}
AGGREGATIONS: Final = {"SUM": "+", "COUNT": "#", "MIN": "<", "MAX": ">"}


@dataclass(frozen=True, slots=True)
class LiteralLogic:
    """A FEEL expression."""

    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column of conditions: what is asked, its type, and the values it may have (unary tests, or "")."""

    label: str
    expression: str
    type: str
    allowed: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column of answers; `allowed` lists them from the highest priority down; `default` holds when no rule does."""

    name: str
    type: str
    allowed: str
    default: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """One row. `number` counts from 1; `assumption` says why, where the source does not state the row."""

    id: str
    number: int
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    assumption: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class TableLogic:
    """A decision table. `hit_policy` is one letter of U A F P R O C, `aggregation` one of + # < > or ""."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]
    hit_policy: str
    aggregation: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class ContextLogic:
    """Named entries, each seeing the earlier ones; a last one without name is the result."""

    entries: "tuple[tuple[str, Logic], ...]"
    line: int = 0


@dataclass(frozen=True, slots=True)
class InvocationLogic:
    """A call of a function by FEEL text, with its arguments by parameter name."""

    function: str
    bindings: "tuple[tuple[str, Logic], ...]"
    line: int = 0


@dataclass(frozen=True, slots=True)
class FunctionLogic:
    """A function: parameters with their types ("" when not stated) and a body; `kind` is FEEL, JAVA or PMML."""

    params: tuple[tuple[str, str], ...]
    body: "Logic"
    kind: str = "FEEL"
    line: int = 0


@dataclass(frozen=True, slots=True)
class ListLogic:
    """A boxed list."""

    items: "tuple[Logic, ...]"
    line: int = 0


@dataclass(frozen=True, slots=True)
class RelationLogic:
    """A boxed table of contexts: column names and rows of cells."""

    columns: tuple[str, ...]
    rows: "tuple[tuple[Logic, ...], ...]"
    line: int = 0


@dataclass(frozen=True, slots=True)
class BoxLogic:
    """A boxed conditional, filter or loop: `kind` is conditional, filter, for, some or every; `parts` by role."""

    kind: str
    parts: "Mapping[str, Logic]"
    iterator: str = ""
    line: int = 0


Logic = (
    LiteralLogic | TableLogic | ContextLogic | InvocationLogic | FunctionLogic | ListLogic | RelationLogic | BoxLogic
)


@dataclass(frozen=True, slots=True)
class InputData:
    """What comes from outside, by name and type."""

    id: str
    name: str
    type: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `requires` and `knowledge` are ids; `name` is that of its variable."""

    id: str
    name: str
    type: str
    logic: Logic | None
    requires: tuple[str, ...]
    knowledge: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function that decisions share."""

    id: str
    name: str
    type: str
    function: FunctionLogic | None
    knowledge: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: a group of decisions that is called like a function. All are ids, parameters in order."""

    id: str
    name: str
    outputs: tuple[str, ...]
    inputs: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ItemType:
    """An item definition: its type and the values it may have (unary tests, or "")."""

    type: TypeNode
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class DecisionModel:
    """A whole DMN file.

    Attributes:
        key: the `id` of its definitions, which names the model when it is deployed.
        vocabulary: every name in the file, of components, entries and parameters too, for reading its FEEL.
        foreign: what Alur does not run (imports, other expression languages), each with its line.
    """

    key: str
    name: str
    namespace: str
    decisions: tuple[Decision, ...]
    inputs: tuple[InputData, ...]
    knowledge: tuple[Knowledge, ...]
    services: tuple[Service, ...] = ()
    types: Mapping[str, ItemType] = field(default_factory=dict)
    vocabulary: frozenset[str] = frozenset()
    foreign: tuple[tuple[str, int], ...] = ()

    def decision(self, name: str) -> Decision | None:
        """The decision with that name or id."""
        return next((decision for decision in self.decisions if name in (decision.name, decision.id)), None)

    def names(self) -> tuple[str, ...]:
        """The names of the parts of the graph, which their FEEL may use."""
        inputs = [part.name for part in self.inputs]
        decisions = [part.name for part in self.decisions]
        return (*inputs, *decisions, *[part.name for part in self.knowledge], *[part.name for part in self.services])
