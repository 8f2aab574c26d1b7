"""What syntax trees are compiled to: one closure per node, run against a frame of variables.

Owns the frame, the table of compilers and the cost of a node. The compilers register themselves (`compile_*.py`).
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from engine.feel import nodes
from engine.feel.budget import Account
from engine.feel.environment import Environment
from engine.feel.nodes import Literal, Name, Node
from engine.feel.values import BuiltIn

Code = Callable[["Frame"], Any]


class Frame:
    """Variables by name, the frame around them, and what the evaluation shares."""

    __slots__ = ("account", "environment", "parent", "variables")

    def __init__(
        self, variables: Mapping[str, Any], parent: "Frame | None", account: Account, environment: Environment
    ) -> None:
        self.variables = variables
        self.parent = parent
        self.account = account
        self.environment = environment

    def inner(self, variables: Mapping[str, Any]) -> "Frame":
        """A frame inside this one."""
        return Frame(variables, self, self.account, self.environment)


COMPILERS: Final[dict[type, Callable[[Any], Code]]] = {}
BUILT_INS: Final[dict[str, BuiltIn]] = {}


def compile_node(node: Node) -> Code:
    """The closure that evaluates `node`."""
    return COMPILERS[type(node)](node)


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node."""
    for name in node.fields_of_node:
        yield from _nodes_in(getattr(node, name))


def _nodes_in(part: object) -> Iterator[Node]:
    if type(part) in COMPILERS:
        yield part  # type: ignore[misc]  # the table's keys are the node types
    elif isinstance(part, tuple):
        for inner in part:
            yield from _nodes_in(inner)
    elif isinstance(part, nodes.Iterator):
        for name in part.fields_of_node:
            yield from _nodes_in(getattr(part, name))


def cost(node: Node) -> int:
    """How many steps one evaluation of `node` takes when nothing in it repeats."""
    return 1 + sum(cost(child) for child in children(node))


def mentions(node: Node, name: str) -> bool:
    """Whether a name stands anywhere in the tree."""
    if isinstance(node, Name):
        return node.name == name
    return any(mentions(child, name) for child in children(node))


def compile_name(node: Name) -> Code:
    """A variable, or else the built-in function of that name, or else null."""
    name = node.name
    built_in = BUILT_INS.get(name)

    def load(frame: Frame) -> Any:
        at: Frame | None = frame
        while at is not None:
            if name in at.variables:
                return at.variables[name]
            at = at.parent
        return built_in

    return load


def _literal(node: Literal) -> Code:
    value = node.value
    return lambda _frame: value


def combine(results: "Iterator[Any]") -> bool | None:
    """`or` over results: true when one is true, null when one is no boolean, else false."""
    unknown = False
    for result in results:
        if result is True:
            return True
        unknown = unknown or result is not False
    return None if unknown else False


def whole(value: Any) -> int | None:
    """The integer a number truncates to, when it is small enough to count with."""
    return int(value) if isinstance(value, Decimal) and value.adjusted() < 18 else None


COMPILERS[Literal] = _literal
COMPILERS[Name] = compile_name
