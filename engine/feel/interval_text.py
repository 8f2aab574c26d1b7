"""A range from text, for `range("[1..10]")`.

Owns what may stand at its ends: literals and the four temporal functions of a literal, nothing that must be computed.
"""

from typing import Any

from engine.feel import nodes
from engine.feel.code import Frame, compile_node
from engine.feel.compare import order
from engine.feel.parser import Parser
from engine.feel.values import Range

_TEMPORAL = frozenset({"date", "time", "date and time", "duration"})


def parse_range(text: str, frame: Frame) -> Range | None:
    """The range, or None when its ends are missing, computed, of two kinds or in the wrong order.

    Raises:
        FeelError: the text is no FEEL.
    """
    node = Parser(text, budget=frame.account.budget).expression()
    if not isinstance(node, nodes.RangeNode) or not (_is_literal(node.start) and _is_literal(node.end)):
        return None
    interval: Any = compile_node(node)(frame)
    if not isinstance(interval, Range) or order("<=", interval.start, interval.end) is not True:
        return None
    return interval


def _is_literal(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Literal):
        return True
    if not isinstance(node, nodes.Call) or not isinstance(node.target, nodes.Name):
        return False
    return node.target.name in _TEMPORAL and all(isinstance(arg, nodes.Literal) for arg in node.args)
