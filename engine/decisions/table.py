"""Decision tables compiled to a closure: inputs once, cells by FEEL unary tests, outputs of the rules that matched.

Owns matching; the answer is given by `hit_policies.py`.
"""

from collections.abc import Iterable
from typing import Any

from engine.decisions.hit_policies import Hits, decide
from engine.decisions.model import Rule, TableLogic
from engine.decisions.trace import MatchedRule, Trace
from engine.feel import Expression, parse, parse_unary_tests
from engine.feel.code import Code, Frame
from engine.feel.compare import equal

_ANYTHING = "-"


def cell(text: str, names: Iterable[str]) -> Expression:
    """The tests of a cell; an empty one accepts everything.

    Raises:
        FeelError: the text is no unary tests.
    """
    return parse_unary_tests(text or _ANYTHING, names)


def allowed_values(text: str, names: Iterable[str], frame: Frame) -> list[Any]:
    """The values that `"a", "b"` lists, in that order."""
    return list(parse(f"[{text}]", names).run(frame)) if text else []


def compile_table(table: TableLogic, names: frozenset[str]) -> Code:
    """The closure of a table.

    Raises:
        FeelError: a text in the table is no FEEL.
    """
    inputs = [parse(clause.expression, names) for clause in table.inputs]
    rules = [
        (rule, [cell(text, names) for text in rule.inputs], [parse(text or "null", names) for text in rule.outputs])
        for rule in table.rules
    ]
    defaults = [parse(clause.default or "null", names) for clause in table.outputs]
    has_default = any(clause.default for clause in table.outputs)

    def run(frame: Frame) -> Any:
        subjects = [frame.inner({"?": expression.run(frame)}) for expression in inputs]
        matched = []
        for rule, tests, outputs in rules:
            frame.account.charge(2 * len(tests) + 1)
            if all(test.run(subject) is True for test, subject in zip(tests, subjects, strict=False)):
                matched.append((rule, outputs))
                if table.hit_policy == "F":
                    break
        _record(frame, [rule for rule, _ in matched])
        if not matched and has_default:
            return _output(table, [default.run(frame) for default in defaults])
        return _answer(table, names, matched, frame)

    return run


def _answer(
    table: TableLogic, names: frozenset[str], matched: list[tuple[Rule, list[Expression]]], frame: Frame
) -> Any:
    values = [[output.run(frame) for output in outputs] for _, outputs in matched]
    ranks: list[tuple[int, ...]] = [()] * len(values)
    if table.hit_policy in ("P", "O"):
        orders = [allowed_values(clause.allowed, names, frame) for clause in table.outputs]
        ranks = [tuple(_rank(value, order, frame) for value, order in zip(row, orders, strict=False)) for row in values]
    numbers = tuple(rule.number for rule, _ in matched)
    outcome = decide(Hits(table, numbers, [_output(table, row) for row in values], ranks, frame))
    if outcome.problem is not None and isinstance(frame.account, Trace):
        frame.account.problems.append(outcome.problem)
    return outcome.value


def _rank(value: Any, order: list[Any], frame: Frame) -> int:
    return next((at for at, item in enumerate(order) if equal(item, value, frame.account) is True), len(order))


def _output(table: TableLogic, values: list[Any]) -> Any:
    """One column gives the value itself, several give a context by column name."""
    if len(table.outputs) == 1:
        return values[0] if values else None
    return {clause.name: value for clause, value in zip(table.outputs, values, strict=False)}


def _record(frame: Frame, rules: list[Rule]) -> None:
    account = frame.account
    if isinstance(account, Trace):
        account.matched += [MatchedRule(account.decision, rule.id, rule.number, rule.assumption) for rule in rules]
