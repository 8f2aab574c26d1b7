"""The syntax tree of FEEL: what the parser makes and the compiler, the checks and the printer read.

Owns the node types, nothing else. `pos` is the offset in the text at which a node begins.
"""

from __future__ import annotations

from typing import NamedTuple


class Literal(NamedTuple):
    """A number, string, boolean, null or temporal value as written."""

    value: object
    pos: int


class Name(NamedTuple):
    """A variable or a built-in function by name."""

    name: str
    pos: int


class Path(NamedTuple):
    """`target.name`."""

    target: Node
    name: str
    pos: int


class Filter(NamedTuple):
    """`target[condition]`."""

    target: Node
    condition: Node
    pos: int


class Call(NamedTuple):
    """`target(args)`; `names` holds the parameter names when they are given."""

    target: Node
    args: tuple[Node, ...]
    names: tuple[str, ...] | None
    pos: int


class Negate(NamedTuple):
    """`-value`."""

    value: Node
    pos: int


class Arithmetic(NamedTuple):
    """A chain of operators of one precedence, applied from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    pos: int


class Compare(NamedTuple):
    """`left op right` with one of = != < <= > >=."""

    op: str
    left: Node
    right: Node
    pos: int


class Between(NamedTuple):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node
    pos: int


class In(NamedTuple):
    """`value in tests`: true when one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]
    pos: int


class Logic(NamedTuple):
    """A chain of `and` or of `or`."""

    op: str
    parts: tuple[Node, ...]
    pos: int


class If(NamedTuple):
    """`if condition then then else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node
    pos: int


class Iterator(NamedTuple):
    """`name in source` or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


class For(NamedTuple):
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node
    pos: int


class Quantified(NamedTuple):
    """`some|every iterators satisfies condition`."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node
    pos: int


class TypeNode(NamedTuple):
    """A type: its name, the types in `<…>`, and for `context<…>` the names of its entries."""

    name: str
    args: tuple[TypeNode, ...] = ()
    fields: tuple[str, ...] = ()


class InstanceOf(NamedTuple):
    """`value instance of type`."""

    value: Node
    type: TypeNode
    pos: int


class FunctionDef(NamedTuple):
    """`function(params) body`; an external one has a body that is only described and never run."""

    params: tuple[tuple[str, TypeNode | None], ...]
    body: Node
    external: bool
    pos: int


class ListNode(NamedTuple):
    """`[a, b]`."""

    items: tuple[Node, ...]
    pos: int


class ContextNode(NamedTuple):
    """`{key: value}`, entries in the order written."""

    entries: tuple[tuple[str, Node], ...]
    pos: int


class RangeNode(NamedTuple):
    """`[start..end]` with the four combinations of open and closed ends."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool
    pos: int


class Test(NamedTuple):
    """A simple positive unary test with an operator: `< 10`."""

    op: str
    value: Node
    pos: int


class UnaryTests(NamedTuple):
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
