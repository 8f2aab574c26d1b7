"""The syntax tree of FEEL: what the parser makes and the compiler, the checks and the printer read.

Owns the node types, nothing else. `pos` is the offset in the text at which a node begins.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, string, boolean, null or temporal value as written."""

    value: object
    pos: int


@dataclass(frozen=True, slots=True)
class Name:
    """A variable or a built-in function by name."""

    name: str
    pos: int


@dataclass(frozen=True, slots=True)
class Path:
    """`target.name`."""

    target: Node
    name: str
    pos: int


@dataclass(frozen=True, slots=True)
class Filter:
    """`target[condition]`."""

    target: Node
    condition: Node
    pos: int


@dataclass(frozen=True, slots=True)
class Call:
    """`target(args)`; `names` holds the parameter names when they are given."""

    target: Node
    args: tuple[Node, ...]
    names: tuple[str, ...] | None
    pos: int


@dataclass(frozen=True, slots=True)
class Negate:
    """`-value`."""

    value: Node
    pos: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A chain of operators of one precedence, applied from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    pos: int


@dataclass(frozen=True, slots=True)
class Compare:
    """`left op right` with one of = != < <= > >=."""

    op: str
    left: Node
    right: Node
    pos: int


@dataclass(frozen=True, slots=True)
class Between:
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node
    pos: int


@dataclass(frozen=True, slots=True)
class In:
    """`value in tests`: true when one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]
    pos: int


@dataclass(frozen=True, slots=True)
class Logic:
    """A chain of `and` or of `or`."""

    op: str
    parts: tuple[Node, ...]
    pos: int


@dataclass(frozen=True, slots=True)
class If:
    """`if condition then then else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node
    pos: int


@dataclass(frozen=True, slots=True)
class Iterator:
    """`name in source` or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For:
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node
    pos: int


@dataclass(frozen=True, slots=True)
class Quantified:
    """`some|every iterators satisfies condition`."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node
    pos: int


@dataclass(frozen=True, slots=True)
class TypeNode:
    """A type: its name, the types in `<…>`, and for `context<…>` the names of its entries."""

    name: str
    args: tuple[TypeNode, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstanceOf:
    """`value instance of type`."""

    value: Node
    type: TypeNode
    pos: int


@dataclass(frozen=True, slots=True)
class FunctionDef:
    """`function(params) body`; an external one has a body that is only described and never run."""

    params: tuple[tuple[str, TypeNode | None], ...]
    body: Node
    external: bool
    pos: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """`[a, b]`."""

    items: tuple[Node, ...]
    pos: int


@dataclass(frozen=True, slots=True)
class ContextNode:
    """`{key: value}`, entries in the order written."""

    entries: tuple[tuple[str, Node], ...]
    pos: int


@dataclass(frozen=True, slots=True)
class RangeNode:
    """`[start..end]` with the four combinations of open and closed ends."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool
    pos: int


@dataclass(frozen=True, slots=True)
class Test:
    """A simple positive unary test with an operator: `< 10`."""

    op: str
    value: Node
    pos: int


@dataclass(frozen=True, slots=True)
class UnaryTests:
    """The tests of a decision table's cell; no tests at all (`-`) accepts everything."""

    tests: tuple[Node, ...]
    negated: bool
    pos: int


Node = (
    Literal
    | Name
    | Path
    | Filter
    | Call
    | Negate
    | Arithmetic
    | Compare
    | Between
    | In
    | Logic
    | If
    | For
    | Quantified
    | InstanceOf
    | FunctionDef
    | ListNode
    | ContextNode
    | RangeNode
    | Test
    | UnaryTests
)
