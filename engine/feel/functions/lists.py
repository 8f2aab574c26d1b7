"""Built-in functions on lists.

Owns list surgery, search, and sorting with a FEEL function. Positions count from 1, or from the end when negative.
"""

from decimal import Decimal
from functools import cmp_to_key
from typing import Any

from engine.feel.code import Frame, whole
from engine.feel.compare import equal
from engine.feel.functions.registry import built_in
from engine.feel.values import BuiltIn, Function


def _call(function: Any, args: list[Any], frame: Frame) -> Any:
    from engine.feel.compile_calls import call  # the registry needs this module first

    return call(function, args, None, frame)


def _place(items: list[Any], position: Decimal) -> int | None:
    """The Python index of a FEEL position; None when there is no such item."""
    index = whole(position)
    if index is None or index == 0 or abs(index) > len(items):
        return None
    return index - 1 if index > 0 else len(items) + index


@built_in("list contains(list: list, element: Any)", "boolean", frame=True)
def _list_contains(frame: Frame, items: list[Any], element: Any) -> bool:
    return any(equal(item, element, frame.account) is True for item in items)


@built_in("sublist(list: list, start position: number, [length: number])", "list")
def _sublist(items: list[Any], start: Decimal, length: Decimal | None = None) -> list[Any] | None:
    first = _place(items, start)
    if first is None:
        return None
    if length is None:
        return items[first:]
    size = whole(length)
    if size is None or size < 1 or first + size > len(items):
        return None
    return items[first : first + size]


@built_in("append(list: list, item: list**)", "list")
def _append(items: list[Any], new: list[Any]) -> list[Any]:
    return items + new


@built_in("concatenate(list: list**)", "list", frame=True)
def _concatenate(frame: Frame, lists: list[Any]) -> list[Any] | None:
    joined: list[Any] = []
    for items in lists:
        if items is None:
            return None
        part = items if isinstance(items, list) else [items]
        frame.account.charge(len(part))
        joined.extend(part)
    return joined


@built_in("insert before(list: list, position: number, newItem: Any)", "list")
def _insert_before(items: list[Any], position: Decimal, new: Any) -> list[Any] | None:
    index = _place(items, position)
    return None if index is None else [*items[:index], new, *items[index:]]


@built_in("remove(list: list, position: number)", "list")
def _remove(items: list[Any], position: Decimal) -> list[Any] | None:
    index = _place(items, position)
    return None if index is None else items[:index] + items[index + 1 :]


@built_in("list replace(list: list, position: number, newItem: Any)", "list")
def _replace_at(items: list[Any], position: Decimal, new: Any) -> list[Any] | None:
    index = _place(items, position)
    return None if index is None else [*items[:index], new, *items[index + 1 :]]


@built_in("list replace(list: list, match: function, newItem: Any)", "list", frame=True)
def _replace_matching(frame: Frame, items: list[Any], match: Any, new: Any) -> list[Any] | None:
    replaced = []
    for item in items:
        answer = _call(match, [item, new], frame)
        if not isinstance(answer, bool):
            return None
        replaced.append(new if answer else item)
    return replaced


@built_in("reverse(list: list)", "list")
def _reverse(items: list[Any]) -> list[Any]:
    return items[::-1]


@built_in("index of(list: list, match: Any)", "list", frame=True)
def _index_of(frame: Frame, items: list[Any], match: Any) -> list[Decimal]:
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, match, frame.account) is True]


@built_in("distinct values(list: list)", "list", frame=True)
def _distinct_values(frame: Frame, items: list[Any]) -> list[Any]:
    return _distinct(frame, items)


@built_in("union(list: list**)", "list", frame=True)
def _union(frame: Frame, lists: list[Any]) -> list[Any] | None:
    joined = _concatenate(frame, lists)
    return None if joined is None else _distinct(frame, joined)


def _distinct(frame: Frame, items: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        frame.account.charge(len(kept))
        if not any(equal(item, other, frame.account) is True for other in kept):
            kept.append(item)
    return kept


@built_in("flatten(list: list)", "list", frame=True)
def _flatten(frame: Frame, items: list[Any]) -> list[Any]:
    flat: list[Any] = []
    rest = items[::-1]
    while rest:
        frame.account.charge(1)
        item = rest.pop()
        if isinstance(item, list):
            rest.extend(reversed(item))
        else:
            flat.append(item)
    return flat


@built_in("sort(list: list, precedes: function)", "list", frame=True)
def _sort(frame: Frame, items: list[Any], precedes: Function | BuiltIn) -> list[Any]:
    def before(left: Any, right: Any) -> int:
        if _call(precedes, [left, right], frame) is True:
            return -1
        return 1 if _call(precedes, [right, left], frame) is True else 0

    return sorted(items, key=cmp_to_key(before))
