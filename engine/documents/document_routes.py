"""Arrows on the matrix: orthogonal ways on a grid of columns and bands, by shortest path.

Every cell has three levels (top, middle, bottom) and, left and right of its middle, tracks for arrows that go around
symbols. Owns where lines run, so that none runs through a symbol or along a line to another target. Must not know
millimetres: formats place the grid.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]  # (x, y) on the grid
Segment = tuple[Point, Point]
DOWN, UP, LEFT, RIGHT = (0, 1), (0, -1), (-1, 0), (1, 0)

LEVELS = 3  # per band: top, middle, bottom
_BEND, _CROSS, _TOUCH, _SHARE = 3.0, 5.0, 25.0, 200.0
_OFF_MIDDLE, _MERGE, _ENTERED_ASIDE = 0.6, 0.4, 2.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A page: so many columns and bands; `tracks` on each side of a cell's middle."""

    columns: int
    bands: int
    tracks: int = 1

    @property
    def per_column(self) -> int:
        """Grid lines per column."""
        return 2 * self.tracks + 1

    def middle(self, column: int, band: int, level: int = 1) -> Point:
        """The middle of a cell, at its top (0), middle (1) or bottom (2) level."""
        return column * self.per_column + self.tracks, band * LEVELS + level

    @property
    def width(self) -> int:
        """Number of vertical grid lines."""
        return self.columns * self.per_column

    @property
    def height(self) -> int:
        """Number of horizontal grid lines."""
        return self.bands * LEVELS


@dataclass(frozen=True, slots=True)
class Wish:
    """An arrow to draw between the middles of two cells.

    Attributes:
        key: its name.
        leave, enter: the directions in which it may leave its source and arrive at its target.
    """

    key: int
    source: Point
    target: Point
    leave: tuple[Point, ...] = (DOWN, LEFT, RIGHT)
    enter: tuple[Point, ...] = (DOWN, LEFT, RIGHT)


@dataclass(frozen=True, slots=True)
class Route:
    """The corners of an arrow, source and target included."""

    key: int
    points: tuple[Point, ...]


def route_all(grid: Grid, wishes: Iterable[Wish], symbols: frozenset[Point]) -> tuple[Route, ...]:
    """A route for every wish, in the order of `wishes`.

    Short arrows choose first. A route always exists: where lines must share a stretch, the price is high, not infinite.

    Args:
        grid: the page.
        wishes: source and target are symbols.
        symbols: the points no arrow may pass.
    """
    order = list(wishes)
    used = _Used()
    found: dict[int, Route] = {}
    for wish in sorted(order, key=lambda wish: (_length(wish), wish.key)):
        path = _search(grid, wish, symbols, used)
        used.take(path, wish.target)
        found[wish.key] = Route(wish.key, _corners(path))
    return tuple(found[wish.key] for wish in order)


def segments(points: Sequence[Point]) -> Iterator[Segment]:
    """The steps of a route, one grid line to the next."""
    for (x, y), (to_x, to_y) in pairwise(points):
        step_x, step_y = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
        while (x, y) != (to_x, to_y):
            yield (x, y), (x + step_x, y + step_y)
            x, y = x + step_x, y + step_y


class _Used:
    """What is drawn already: steps and points, with the targets they lead to."""

    def __init__(self) -> None:
        self._steps: dict[Segment, set[Point]] = {}
        self._points: dict[Point, set[tuple[Point, bool]]] = {}  # (target, whether horizontal)

    def take(self, path: Sequence[Point], target: Point) -> None:
        for here, there in pairwise(path):
            self._steps.setdefault(_undirected(here, there), set()).add(target)
            for point in (here, there):
                self._points.setdefault(point, set()).add((target, here[1] == there[1]))

    def cost(self, here: Point, there: Point, target: Point) -> float:
        """The price of a step beyond its length: none along the same target, high along another."""
        owners = self._steps.get(_undirected(here, there), ())
        if target in owners:
            return -_MERGE
        if owners:
            return _SHARE
        horizontal = here[1] == there[1]
        others = [use for use in self._points.get(there, ()) if use[0] != target]
        if not others or there == target:
            return 0.0
        along = any(use[1] == horizontal for use in others)
        return _TOUCH if along else _CROSS


def _search(grid: Grid, wish: Wish, symbols: frozenset[Point], used: _Used) -> list[Point]:
    """Dijkstra over (point, direction)."""
    queue: list[tuple[float, Point, Point]] = [(0.0, wish.source, (0, 0))]
    best: dict[tuple[Point, Point], float] = {(wish.source, (0, 0)): 0.0}
    came: dict[tuple[Point, Point], tuple[Point, Point]] = {}
    while queue:
        cost, point, direction = heapq.heappop(queue)
        if point == wish.target:
            return _walk_back((point, direction), came)
        if cost > best[point, direction]:
            continue
        for step in _steps(wish, point, direction):
            there = (point[0] + step[0], point[1] + step[1])
            if not _is_free(grid, wish, there, step, symbols):
                continue
            price = cost + _price(wish, there, step, direction) + used.cost(point, there, wish.target)
            if price < best.get((there, step), float("inf")):
                best[there, step] = price
                came[there, step] = (point, direction)
                heapq.heappush(queue, (price, there, step))
    return [wish.source, wish.target]


def _steps(wish: Wish, point: Point, direction: Point) -> tuple[Point, ...]:
    if point == wish.source:
        return wish.leave
    back = (-direction[0], -direction[1])
    return tuple(step for step in (DOWN, LEFT, RIGHT, UP) if step != back)


def _is_free(grid: Grid, wish: Wish, there: Point, step: Point, symbols: frozenset[Point]) -> bool:
    if not (0 <= there[0] < grid.width and 0 <= there[1] < grid.height):
        return False
    if there == wish.target:
        return step in wish.enter
    return there not in symbols


def _price(wish: Wish, there: Point, step: Point, direction: Point) -> float:
    bend = _BEND if direction not in ((0, 0), step) else 0.0
    off = _OFF_MIDDLE if step[0] and there[1] % LEVELS != 1 else 0.0
    aside = _ENTERED_ASIDE if there == wish.target and step[0] and wish.source[1] < there[1] else 0.0
    return 1.0 + bend + off + aside


def _walk_back(state: tuple[Point, Point], came: Mapping[tuple[Point, Point], tuple[Point, Point]]) -> list[Point]:
    path = [state[0]]
    while state in came:
        state = came[state]
        path.append(state[0])
    return path[::-1]


def _corners(path: Sequence[Point]) -> tuple[Point, ...]:
    inner = [
        here
        for before, here, after in zip(path, path[1:], path[2:], strict=False)
        if (before[0] == here[0]) != (here[0] == after[0])
    ]
    return path[0], *inner, path[-1]


def _undirected(here: Point, there: Point) -> Segment:
    return (here, there) if here < there else (there, here)


def _length(wish: Wish) -> int:
    backwards = wish.target[1] <= wish.source[1]
    return abs(wish.target[1] - wish.source[1]) + abs(wish.target[0] - wish.source[0]) + (1000 if backwards else 0)
