"""Built-in functions on lists of numbers: sums, means, extremes.

Owns their null rules: an empty list and a list with anything but numbers give null.
"""

from collections.abc import Callable
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, Final

from engine.feel.code import Frame
from engine.feel.compare import comparable, order
from engine.feel.functions.registry import built_in
from engine.feel.numbers import DECIMAL128

_NO_NUMBER: Final = (InvalidOperation, DivisionByZero, Overflow)


def _fold(op: Callable[[Decimal, Decimal], Decimal], items: list[Any]) -> Decimal | None:
    if not items or not all(isinstance(item, Decimal) for item in items):
        return None
    total: Decimal = items[0]
    try:
        for item in items[1:]:
            total = op(total, item)
    except _NO_NUMBER:
        return None
    return total


@built_in("sum(list: list*)", "number")
def _sum(items: list[Any]) -> Decimal | None:
    return _fold(DECIMAL128.add, items)


@built_in("product(list: list*)", "number")
def _product(items: list[Any]) -> Decimal | None:
    return _fold(DECIMAL128.multiply, items)


@built_in("mean(list: list*)", "number")
def mean(items: list[Any]) -> Decimal | None:
    """The arithmetic mean."""
    total = _fold(DECIMAL128.add, items)
    return None if total is None else DECIMAL128.divide(total, Decimal(len(items)))


@built_in("median(list: list*)", "number")
def _median(items: list[Any]) -> Decimal | None:
    if not items or not all(isinstance(item, Decimal) for item in items):
        return None
    ordered: list[Decimal] = sorted(items)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else mean(list(ordered[middle - 1 : middle + 1]))


@built_in("stddev(list: list*)", "number", frame=True)
def _stddev(frame: Frame, items: list[Any]) -> Decimal | None:
    average = mean(items)
    if average is None or len(items) < 2:
        return None
    frame.account.charge(50 + len(items))
    try:
        deviations = [DECIMAL128.subtract(item, average) for item in items]
        squares = _fold(DECIMAL128.add, [DECIMAL128.multiply(part, part) for part in deviations])
        return None if squares is None else DECIMAL128.sqrt(DECIMAL128.divide(squares, Decimal(len(items) - 1)))
    except _NO_NUMBER:
        return None


@built_in("mode(list: list*)", "list")
def _mode(items: list[Any]) -> list[Decimal] | None:
    if not all(isinstance(item, Decimal) for item in items):
        return None
    counts: dict[Decimal, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(item for item, count in counts.items() if count == most)


@built_in("min(list: list*)")
def _min(items: list[Any]) -> Any:
    return _extreme(items, "<")


@built_in("max(list: list*)")
def _max(items: list[Any]) -> Any:
    return _extreme(items, ">")


def _extreme(items: list[Any], op: str) -> Any:
    if not items or comparable(items[0]) is None:
        return None
    best = items[0]
    for item in items[1:]:
        better = order(op, item, best)
        if better is None:
            return None
        best = item if better else best
    return best


@built_in("count(list: list*)", "number")
def _count(items: list[Any]) -> Decimal:
    return Decimal(len(items))


@built_in("all(list: list*)", "boolean")
def _all(items: list[Any]) -> bool | None:
    if False in [item for item in items if isinstance(item, bool)]:
        return False
    return True if all(item is True for item in items) else None


@built_in("any(list: list*)", "boolean")
def _any(items: list[Any]) -> bool | None:
    if True in [item for item in items if isinstance(item, bool)]:
        return True
    return False if all(item is False for item in items) else None
