"""Built-in functions that place points and ranges on one line: before, meets, overlaps, during and their kin.

Owns the table of the standard (DMN 1.5 §10.3.4.9). Every end becomes a place on the line: an open start lies just
behind its value, an open end just before it, so that each relation is a comparison of places.
"""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from engine.feel.compare import comparable, order
from engine.feel.functions.registry import built_in
from engine.feel.values import Range

_Place = tuple[Any, ...]
_FIRST: Final[_Place] = (0,)
_LAST: Final[_Place] = (2,)


class _Span(NamedTuple):
    """Where a point or range begins and ends."""

    start: _Place
    end: _Place


_RELATIONS: Final[dict[str, tuple[str, Callable[[_Span, _Span], bool]]]] = {
    "before": ("pp pr rp rr", lambda a, b: a.end < b.start),
    "after": ("pp pr rp rr", lambda a, b: b.end < a.start),
    "meets": ("rr", lambda a, b: a.end == b.start),
    "met by": ("rr", lambda a, b: b.end == a.start),
    "overlaps": ("rr", lambda a, b: a.end >= b.start and a.start <= b.end),
    "overlaps before": ("rr", lambda a, b: a.start < b.start <= a.end <= b.end),
    "overlaps after": ("rr", lambda a, b: b.start < a.start <= b.end <= a.end),
    "finishes": ("pr rr", lambda a, b: a.end == b.end and a.start >= b.start),
    "finished by": ("rp rr", lambda a, b: a.end == b.end and b.start >= a.start),
    "includes": ("rp rr", lambda a, b: a.start <= b.start and a.end >= b.end),
    "during": ("pr rr", lambda a, b: b.start <= a.start and b.end >= a.end),
    "starts": ("pr rr", lambda a, b: a.start == b.start and a.end <= b.end),
    "started by": ("rp rr", lambda a, b: a.start == b.start and b.end <= a.end),
    "coincides": ("pp rr", lambda a, b: a == b),
}
_PARAMETERS: Final = {
    "pp": "point1: point, point2: point",
    "pr": "point: point, range: range",
    "rp": "range: range, point: point",
    "rr": "range1: range, range2: range",
}


def _span(value: Any) -> _Span:
    if not isinstance(value, Range):
        place = (1, comparable(value), 0)
        return _Span(place, place)
    start = _FIRST if value.start is None else (1, comparable(value.start), 0 if value.start_included else 1)
    end = _LAST if value.end is None else (1, comparable(value.end), 0 if value.end_included else -1)
    return _Span(start, end)


def _related(relation: Callable[[_Span, _Span], bool]) -> Callable[[Any, Any], bool | None]:
    def run(left: Any, right: Any) -> bool | None:
        ends = [end for value in (left, right) for end in _ends(value) if end is not None]
        if any(order("<=", ends[0], end) is None for end in ends):
            return None
        return relation(_span(left), _span(right))

    return run


def _ends(value: Any) -> tuple[Any, ...]:
    return (value.start, value.end) if isinstance(value, Range) else (value,)


for _name, (_forms, _relation) in _RELATIONS.items():
    for _form in _forms.split():
        built_in(f"{_name}({_PARAMETERS[_form]})", "boolean")(_related(_relation))
