"""What a decision table answers when its rules have been tried: the hit policies of DMN.

Owns U A F P R O C and the aggregations. A conflict (two rules where one is allowed) is null with a problem, as the
standard says; who evaluates decides whether that is an incident.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.decisions.model import TableLogic
from engine.feel.arithmetic import add
from engine.feel.code import Frame
from engine.feel.compare import equal, order


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a table answers; `problem` is the sentence of a conflict (Indonesian, English), or None."""

    value: Any
    problem: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """The outputs of the rules that matched, in rule order; `ranks` place them by the outputs' allowed values."""

    table: TableLogic
    numbers: tuple[int, ...]
    outputs: list[Any]
    ranks: list[tuple[int, ...]]
    frame: Frame


def decide(hits: Hits) -> Outcome:
    """The answer by the table's hit policy; nothing matched and no default is null (an empty list for lists)."""
    policy = hits.table.hit_policy
    if policy == "C" and hits.table.aggregation:
        return Outcome(_AGGREGATE[hits.table.aggregation](hits.outputs, hits.frame))
    if policy in ("C", "R"):
        return Outcome(hits.outputs)
    if policy == "O":
        return Outcome([output for _, output in sorted(_ranked(hits), key=lambda pair: pair[0])])
    if not hits.outputs:
        return Outcome(None)
    if policy == "P":
        return Outcome(min(_ranked(hits), key=lambda pair: pair[0])[1])
    if len(hits.outputs) > 1 and policy == "U":
        return _conflict(hits, "U", "UNIQUE")
    same = all(equal(hits.outputs[0], output, hits.frame.account) is True for output in hits.outputs)
    if policy == "A" and not same and len(hits.outputs) > 1:
        return _conflict(hits, "A", "ANY")
    return Outcome(hits.outputs[0])


def _ranked(hits: Hits) -> list[tuple[tuple[int, ...], Any]]:
    return list(zip(hits.ranks, hits.outputs, strict=True))


def _conflict(hits: Hits, letter: str, policy: str) -> Outcome:
    rules = ", ".join(map(str, hits.numbers))
    return Outcome(
        None,
        (
            f"Aturan {rules} berlaku bersamaan, padahal kebijakan {letter} ({policy}) tidak mengizinkannya.",
            f"Expected one answer under hit policy {policy}, but rules {rules} match at once.",
        ),
    )


def _sum(values: Sequence[Any], frame: Frame) -> Any:
    total = values[0] if values else None
    for value in values[1:]:
        total = add(total, value, frame.account)
    return total


def _extreme(op: str) -> Callable[[Sequence[Any], Frame], Any]:
    def run(values: Sequence[Any], _frame: Frame) -> Any:
        best = values[0] if values else None
        for value in values[1:]:
            better = order(op, value, best)
            if better is None:
                return None
            best = value if better else best
        return best

    return run


_AGGREGATE: Final[dict[str, Callable[[Sequence[Any], Frame], Any]]] = {
    "+": _sum,
    "#": lambda values, _frame: Decimal(len(values)),
    "<": _extreme("<"),
    ">": _extreme(">"),
}
