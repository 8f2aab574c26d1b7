"""Compilers of operators, conditions, paths, lists, contexts and ranges.

Owns their run-time meaning; every clash of types is null.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.feel import nodes
from engine.feel.arithmetic import OPERATORS, negate
from engine.feel.code import COMPILERS, Code, Frame, compile_node
from engine.feel.compare import comparable, compare, order
from engine.feel.conformance import conforms
from engine.feel.properties import property_of
from engine.feel.values import Range


def _arithmetic(node: nodes.Arithmetic) -> Code:
    first = compile_node(node.first)
    rest = [(OPERATORS[op], compile_node(part)) for op, part in node.rest]
    if len(rest) == 1:
        ((only, operand),) = rest
        return lambda frame: only(first(frame), operand(frame), frame.account)

    def run(frame: Frame) -> Any:
        value = first(frame)
        for operate, part in rest:
            value = operate(value, part(frame), frame.account)
        return value

    return run


def _negate(node: nodes.Negate) -> Code:
    value = compile_node(node.value)
    return lambda frame: negate(value(frame))


_QUICK: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "=": Decimal.__eq__,
    "!=": Decimal.__ne__,
    "<": Decimal.__lt__,
    "<=": Decimal.__le__,
    ">": Decimal.__gt__,
    ">=": Decimal.__ge__,
}


def _compare(node: nodes.Compare) -> Code:
    op, left, right = node.op, compile_node(node.left), compile_node(node.right)
    quick = _QUICK[op]

    def run(frame: Frame) -> Any:
        a, b = left(frame), right(frame)
        if type(a) is Decimal and type(b) is Decimal:
            return quick(a, b)
        return compare(op, a, b, frame.account)

    return run


def _between(node: nodes.Between) -> Code:
    value, low, high = compile_node(node.value), compile_node(node.low), compile_node(node.high)

    def run(frame: Frame) -> bool | None:
        at = value(frame)
        return _and((order(">=", at, low(frame)), order("<=", at, high(frame))))

    return run


def _and(results: tuple[bool | None, ...]) -> bool | None:
    if False in results:
        return False
    return None if None in results else True


def _logic(node: nodes.Logic) -> Code:
    parts = [compile_node(part) for part in node.parts]
    decided = node.op == "or"

    def run(frame: Frame) -> bool | None:
        unknown = False
        for part in parts:
            value = part(frame)
            if type(value) is not bool:
                unknown = True
            elif value == decided:
                return decided
        return None if unknown else not decided

    return run


def _if(node: nodes.If) -> Code:
    condition, then, otherwise = (compile_node(part) for part in (node.condition, node.then, node.otherwise))
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


def _path(node: nodes.Path) -> Code:
    target, name = compile_node(node.target), node.name

    def run(frame: Frame) -> Any:
        value = target(frame)
        if type(value) is dict:
            return value.get(name)
        if type(value) is list:
            frame.account.charge(len(value))
            return [property_of(item, name) for item in value]
        return property_of(value, name)

    return run


def _instance_of(node: nodes.InstanceOf) -> Code:
    value, type_node = compile_node(node.value), node.type
    return lambda frame: conforms(value(frame), type_node, frame.environment.types, frame.account)


def _list(node: nodes.ListNode) -> Code:
    items = [compile_node(item) for item in node.items]
    return lambda frame: [item(frame) for item in items]


def _context(node: nodes.ContextNode) -> Code:
    entries = [(key, compile_node(value)) for key, value in node.entries]
    if len({key for key, _ in entries}) < len(entries):
        return lambda _frame: None

    def run(frame: Frame) -> dict[str, Any]:
        context: dict[str, Any] = {}
        inner = frame.inner(context)
        for key, value in entries:
            context[key] = value(inner)
        return context

    return run


def _range(node: nodes.RangeNode) -> Code:
    start, end = compile_node(node.start), compile_node(node.end)
    closed = node.start_included, node.end_included

    def run(frame: Frame) -> Range | None:
        low, high = start(frame), end(frame)
        if type(low) is not type(high) or comparable(low) is None:
            return None
        return Range(low, high, *closed)

    return run


def _test_value(node: nodes.Test) -> Code:
    """A test with an operator, where a value stands: `(< 10)` is the range of what passes."""
    value, op = compile_node(node.value), node.op

    def run(frame: Frame) -> Range | None:
        bound = value(frame)
        if bound is None or op == "!=":
            return None
        if op == "=":
            return Range(bound, bound, start_included=True, end_included=True)
        if comparable(bound) is None:
            return None
        if op[0] == "<":
            return Range(None, bound, start_included=False, end_included=op == "<=")
        return Range(bound, None, start_included=op == ">=", end_included=False)

    return run


COMPILERS.update(
    {
        nodes.Arithmetic: _arithmetic,
        nodes.Negate: _negate,
        nodes.Compare: _compare,
        nodes.Between: _between,
        nodes.Logic: _logic,
        nodes.If: _if,
        nodes.Path: _path,
        nodes.InstanceOf: _instance_of,
        nodes.ListNode: _list,
        nodes.ContextNode: _context,
        nodes.RangeNode: _range,
        nodes.Test: _test_value,
    }
)
