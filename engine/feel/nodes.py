"""The syntax tree of FEEL: what the parser makes and the compiler, the checks and the printer read.

Owns the node types, nothing else. `pos` is the offset in the text at which a node begins.
"""

from __future__ import annotations

from typing import Any, ClassVar, dataclass_transform


@dataclass_transform(frozen_default=True, eq_default=False)
class Tree:
    """What every node is: a frozen value of the fields that its class declares.

    Made by hand because twenty frozen dataclasses take 10 ms to define, a fifth of what importing FEEL may cost.
    """

    fields_of_node: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls.fields_of_node = tuple(cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        self.__dict__.update(zip(self.fields_of_node, values, strict=False), **named)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Expected a node to stay as it is, but {name!r} was set.")


class Literal(Tree):
    """A number, string, boolean, null or temporal value as written."""

    value: object
    pos: int


class Name(Tree):
    """A variable or a built-in function by name."""

    name: str
    pos: int


class Path(Tree):
    """`target.name`."""

    target: Node
    name: str
    pos: int


class Filter(Tree):
    """`target[condition]`."""

    target: Node
    condition: Node
    pos: int


class Call(Tree):
    """`target(args)`; `names` holds the parameter names when they are given."""

    target: Node
    args: tuple[Node, ...]
    names: tuple[str, ...] | None
    pos: int


class Negate(Tree):
    """`-value`."""

    value: Node
    pos: int


class Arithmetic(Tree):
    """A chain of operators of one precedence, applied from left to right."""

    first: Node
    rest: tuple[tuple[str, Node], ...]
    pos: int


class Compare(Tree):
    """`left op right` with one of = != < <= > >=."""

    op: str
    left: Node
    right: Node
    pos: int


class Between(Tree):
    """`value between low and high`."""

    value: Node
    low: Node
    high: Node
    pos: int


class In(Tree):
    """`value in tests`: true when one of the tests holds."""

    value: Node
    tests: tuple[Node, ...]
    pos: int


class Logic(Tree):
    """A chain of `and` or of `or`."""

    op: str
    parts: tuple[Node, ...]
    pos: int


class If(Tree):
    """`if condition then then else otherwise`."""

    condition: Node
    then: Node
    otherwise: Node
    pos: int


class Iterator(Tree):
    """`name in source` or `name in source..end`."""

    name: str
    source: Node
    end: Node | None


class For(Tree):
    """`for iterators return body`."""

    iterators: tuple[Iterator, ...]
    body: Node
    pos: int


class Quantified(Tree):
    """`some|every iterators satisfies condition`."""

    every: bool
    iterators: tuple[Iterator, ...]
    condition: Node
    pos: int


class TypeNode(Tree):
    """A type: its name, the types in `<…>`, and for `context<…>` the names of its entries."""

    name: str
    args: tuple[TypeNode, ...] = ()
    fields: tuple[str, ...] = ()


class InstanceOf(Tree):
    """`value instance of type`."""

    value: Node
    type: TypeNode
    pos: int


class FunctionDef(Tree):
    """`function(params) body`; an external one has a body that is only described and never run."""

    params: tuple[tuple[str, TypeNode | None], ...]
    body: Node
    external: bool
    pos: int


class ListNode(Tree):
    """`[a, b]`."""

    items: tuple[Node, ...]
    pos: int


class ContextNode(Tree):
    """`{key: value}`, entries in the order written."""

    entries: tuple[tuple[str, Node], ...]
    pos: int


class RangeNode(Tree):
    """`[start..end]` with the four combinations of open and closed ends."""

    start: Node
    end: Node
    start_included: bool
    end_included: bool
    pos: int


class Test(Tree):
    """A simple positive unary test with an operator: `< 10`."""

    op: str
    value: Node
    pos: int


class UnaryTests(Tree):
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
