"""Compilers of `for`, `some`, `every` and filters.

Owns iteration. Each round is charged before it runs, so that no text iterates further than the budget.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from engine.feel import nodes
from engine.feel.code import COMPILERS, Code, Frame, combine, compile_node, cost, mentions, whole
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import Date, date_of_ordinal
from engine.feel.values import Range

_ONE = Decimal(1)
_ROUND = 6  # steps that a round takes besides its body


def _source(iterator: nodes.Iterator) -> Code:
    start = compile_node(iterator.source)
    if iterator.end is None:
        return start
    end = compile_node(iterator.end)
    return lambda frame: Range(start(frame), end(frame), start_included=True, end_included=True)


def _items(value: Any) -> Iterator[Any] | None:
    """What iterating over a value yields; None when it cannot be iterated."""
    if isinstance(value, list):
        return iter(value)
    if not isinstance(value, Range):
        return None if value is None else iter((value,))
    if isinstance(value.start, Decimal) and isinstance(value.end, Decimal):
        return _numbers(value, value.start, value.end)
    if isinstance(value.start, Date) and isinstance(value.end, Date):
        return _dates(value, value.start.ordinal, value.end.ordinal)
    return None


def _numbers(interval: Range, start: Decimal, end: Decimal) -> Iterator[Decimal]:
    step = _ONE if start <= end else DECIMAL128.minus(_ONE)
    at = start
    while at <= end if step > 0 else at >= end:
        if _inside(interval, at == start, at == end):
            yield at
        at = DECIMAL128.add(at, step)


def _dates(interval: Range, start: int, end: int) -> Iterator[Any]:
    step = 1 if start <= end else -1
    for ordinal in range(start, end + step, step):
        if _inside(interval, ordinal == start, ordinal == end):
            yield date_of_ordinal(ordinal)


def _inside(interval: Range, at_start: bool, at_end: bool) -> bool:
    return (interval.start_included or not at_start) and (interval.end_included or not at_end)


class _NotIterable(Exception):
    """A source is null or a range that cannot be walked: the whole loop is null."""


def _rounds(frame: Frame, iterators: list[tuple[str, Code]], price: int) -> Iterator[Frame]:
    """One frame per combination of the iterators, the last one moving fastest."""
    (name, source), *others = iterators
    items = _items(source(frame))
    if items is None:
        raise _NotIterable
    for item in items:
        frame.account.charge(price)
        inner = frame.inner({name: item})
        if others:
            yield from _rounds(inner, others, price)
        else:
            yield inner


def so_far(frame: Frame, done: list[Any]) -> Frame:
    """The frame with the results so far as `partial`: a copy, since a value must never change or hold itself."""
    frame.account.charge(1 + len(done) // 8)
    return frame.inner({"partial": list(done)})


def _for(node: nodes.For) -> Code:
    iterators = [(iterator.name, _source(iterator)) for iterator in node.iterators]
    body, price = compile_node(node.body), cost(node.body) + _ROUND
    looks_back = mentions(node.body, "partial")

    def run(frame: Frame) -> list[Any] | None:
        done: list[Any] = []
        try:
            for inner in _rounds(frame, iterators, price):
                done.append(body(so_far(inner, done) if looks_back else inner))
        except _NotIterable:
            return None
        return done

    return run


def _quantified(node: nodes.Quantified) -> Code:
    iterators = [(iterator.name, _source(iterator)) for iterator in node.iterators]
    condition, price, every = compile_node(node.condition), cost(node.condition) + _ROUND, node.every

    def run(frame: Frame) -> bool | None:
        results = (condition(inner) for inner in _rounds(frame, iterators, price))
        try:
            if not every:
                return combine(results)
            found = combine(None if result is None else result is False for result in results)
        except _NotIterable:
            return None
        return None if found is None else not found

    return run


def _index(items: list[Any], number: Decimal) -> Any:
    index = whole(number)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return items[index - 1 if index > 0 else index]


def _filter(node: nodes.Filter) -> Code:
    target, condition, price = compile_node(node.target), compile_node(node.condition), cost(node.condition) + _ROUND

    def run(frame: Frame) -> Any:
        value = target(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if not items:
            return None if isinstance(condition(frame), Decimal) else []
        kept = []
        for item in items:
            frame.account.charge(price)
            inner = frame.inner({"item": item})
            if isinstance(item, dict):
                inner = inner.inner(item)
            answer = condition(inner)
            if answer is True:
                kept.append(item)
            elif isinstance(answer, Decimal):
                return _index(items, answer)
            elif answer is not None and answer is not False:
                return None
        return kept

    return run


COMPILERS.update({nodes.For: _for, nodes.Quantified: _quantified, nodes.Filter: _filter})
