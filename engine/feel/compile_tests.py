"""Compilers of `in` and of unary tests.

Owns what a test means: an operator compares, a text with `?` is itself the answer, a range or list contains, any other
value equals.
"""

from collections.abc import Callable
from typing import Any

from engine.feel import nodes
from engine.feel.code import COMPILERS, Code, Frame, combine, compile_node, mentions
from engine.feel.compare import compare, in_value

TestCode = Callable[[Frame, Any], bool | None]


def compile_test(node: nodes.Node) -> TestCode:
    """The closure that tells whether a value passes one test."""
    if isinstance(node, nodes.Test):
        op, bound = node.op, compile_node(node.value)
        return lambda frame, value: compare(op, value, bound(frame), frame.account)
    code = compile_node(node)
    if mentions(node, "?"):
        return lambda frame, value: _truth(code(frame.inner({"?": value})))
    return lambda frame, value: in_value(value, code(frame), frame.account)


def _truth(result: Any) -> bool | None:
    return result if isinstance(result, bool) else None


def _in(node: nodes.In) -> Code:
    subject = compile_node(node.value)
    tests = [compile_test(test) for test in node.tests]
    if len(tests) == 1:
        only = tests[0]
        return lambda frame: only(frame, subject(frame))

    def run(frame: Frame) -> bool | None:
        value = subject(frame)
        return combine(test(frame, value) for test in tests)

    return run


def _unary_tests(node: nodes.UnaryTests) -> Code:
    tests = [compile_test(test) for test in node.tests]
    if not tests:
        return lambda _frame: True
    subject = compile_node(nodes.Name("?", node.pos))
    negated = node.negated

    def run(frame: Frame) -> bool | None:
        value = subject(frame)
        found = combine(test(frame, value) for test in tests)
        return found if not negated or found is None else not found

    return run


COMPILERS.update({nodes.In: _in, nodes.UnaryTests: _unary_tests})
