"""Compilers of function definitions and calls, positional and named.

Owns how arguments reach parameters; a call that does not fit is null.
"""

from collections.abc import Sequence
from typing import Any

from engine.feel import nodes
from engine.feel.code import COMPILERS, Code, Frame, compile_node, cost
from engine.feel.conformance import conforms
from engine.feel.functions.registry import call_built_in
from engine.feel.values import BuiltIn, Function

_CALL = 8  # steps that a call takes besides its body


def call(function: Any, args: Sequence[Any], names: tuple[str, ...] | None, frame: Frame) -> Any:
    """Calls a FEEL function; null when `function` is none or the arguments do not fit.

    Raises:
        FeelBudgetError: the calls are too deep or too many.
    """
    if isinstance(function, BuiltIn):
        return call_built_in(function.name, args, names, frame)
    if not isinstance(function, Function):
        return None
    bound = _bind(function, args, names)
    if bound is None:
        return None
    account = frame.account
    account.charge(function.cost)
    account.calls += 1
    if account.calls > account.budget.calls:
        account.exhausted("calls")
    types = function.frame.environment.types
    for name, wanted in zip(function.params, function.types, strict=True):
        if wanted is not None and bound[name] is not None and not conforms(bound[name], wanted, types, account):
            bound[name] = None
    result = function.body(function.frame.inner(bound))
    account.calls -= 1
    return result


def _bind(function: Function, args: Sequence[Any], names: tuple[str, ...] | None) -> dict[str, Any] | None:
    if names is None:
        if len(args) != len(function.params):
            return None
        return dict(zip(function.params, args, strict=True))
    if set(names) != set(function.params):
        return None
    return dict(zip(names, args, strict=True))


def _call(node: nodes.Call) -> Code:
    target = compile_node(node.target)
    args = [compile_node(arg) for arg in node.args]
    names = node.names

    def run(frame: Frame) -> Any:
        return call(target(frame), [arg(frame) for arg in args], names, frame)

    return run


def _function(node: nodes.FunctionDef) -> Code:
    params = tuple(name for name, _ in node.params)
    types = tuple(wanted for _, wanted in node.params)
    body: Code = (lambda _frame: None) if node.external else compile_node(node.body)
    price = cost(node.body) + _CALL
    return lambda frame: Function(params, types, body, frame, price)


COMPILERS.update({nodes.Call: _call, nodes.FunctionDef: _function})
