"""How edges run: orthogonal, on a grid, by a search that pays for length, bends and crossings.

An edge never enters a box and never lies on another edge. Must not move shapes; labels are placed afterwards, the
places they will probably take only cost extra.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from engine.diagram.geometry import Box, Point
from engine.diagram.layout_place import STEP

_BEND = 45
_CROSSING = 70
_ON_LABEL = 40
_FAR = 1 << 30
_DIRECTIONS: tuple[Point, ...] = ((1, 0), (0, 1), (-1, 0), (0, -1))
RIGHT, DOWN, LEFT, UP = range(4)

State = tuple[Point, int]


class NoWay(Exception):
    """There is no free way for an edge; the caller spreads the shapes and tries again."""


@dataclass(frozen=True, slots=True)
class Port:
    """A point on the side of a shape's box, the direction that leads away, and what using it costs.

    `inset` is how far the outline of a round or slanted shape lies inside its box there.
    """

    point: Point
    out: int
    cost: int = 0
    inset: int = 0

    @property
    def on_outline(self) -> Point:
        """Where an edge is seen to begin or end."""
        dx, dy = _DIRECTIONS[self.out]
        return self.point[0] - dx * self.inset, self.point[1] - dy * self.inset


@dataclass(slots=True)
class Grid:
    """The grid with what is taken: cells in boxes, cells of labels, and the cells edges run through.

    `lines[cell]` holds the axes (0 horizontal, 1 vertical) in which edges pass; `bends` the cells in which they turn.
    """

    blocked: set[Point]
    labels: set[Point] = field(default_factory=set)
    lines: dict[Point, set[int]] = field(default_factory=dict)
    bends: set[Point] = field(default_factory=set)
    ports: set[Point] = field(default_factory=set)

    @classmethod
    def over(cls, inside: Box, boxes: Sequence[Box], labels: Sequence[Box]) -> "Grid":
        """A grid inside a pool with the cells of these boxes, and 9 pixels about them, blocked."""
        blocked = {cell for box in boxes for cell in _cells(box.grown(STEP - 1))}
        outside = set(_cells(inside.grown(STEP))) - set(_cells(inside.grown(-1)))
        return cls(blocked | outside, {cell for box in labels for cell in _cells(box)})


def route(grid: Grid, sources: Sequence[Port], targets: Sequence[Port]) -> list[Point]:
    """The cheapest free way from a source port to a target port, which it then takes.

    Raises:
        NoWay: every way is blocked.
    """
    free = [port for port in sources if port.point not in grid.ports]
    ends = {_cell(port): port for port in targets if port.point not in grid.ports}
    came, end = _search(grid, {_cell(port): port for port in free}, ends)
    path = [end[0]]
    state = end
    while came[state] is not None:
        state = came[state] or state
        path.append(state[0])
    path.reverse()
    first = next(port for port in free if _cell(port) == path[0])
    last = ends[path[-1]]
    points = _straightened([first.on_outline, *path, last.on_outline])
    _take(grid, path, points)
    grid.ports.update((first.point, last.point))
    return points


def _search(
    grid: Grid, starts: Mapping[Point, Port], ends: Mapping[Point, Port]
) -> tuple[dict[State, State | None], State]:
    came: dict[State, State | None] = {}
    best: dict[State, int] = {}
    queue: list[tuple[int, int, State, State | None]] = []
    goal = _around(ends)
    for cell, port in starts.items():
        heapq.heappush(queue, (port.cost + _ahead(cell, goal), port.cost, (cell, port.out), None))
    while queue:
        _, cost, state, before = heapq.heappop(queue)
        if state in came:
            continue
        came[state] = before
        reached = ends.get(state[0])
        if reached is not None and state[1] == _opposite(reached.out):
            return came, state
        for following, price in _moves(grid, state, before is None, ends):
            total = cost + price
            if following not in came and total < best.get(following, _FAR):
                best[following] = total
                heapq.heappush(queue, (total + _ahead(following[0], goal), total, following, state))
    raise NoWay


def _moves(grid: Grid, state: State, leaving: bool, ends: Mapping[Point, Port]) -> Iterator[tuple[State, int]]:
    """The next cells and their price; the first step leads straight away from the shape."""
    (x, y), heading = state
    ahead_only = leaving or (x, y) in grid.lines
    for direction in (heading,) if ahead_only else (heading, (heading + 1) % 4, (heading + 3) % 4):
        dx, dy = _DIRECTIONS[direction]
        there = (x + dx * STEP, y + dy * STEP)
        taken = grid.lines.get(there)
        port = ends.get(there)
        if port is not None:
            if direction == _opposite(port.out) and not taken:
                yield (there, direction), STEP + port.cost + (direction != heading) * _BEND
        elif there not in grid.blocked and there not in grid.bends:
            if not taken:
                yield (there, direction), STEP + (direction != heading) * _BEND + (there in grid.labels) * _ON_LABEL
            elif direction % 2 not in taken:
                yield (there, direction), STEP + (direction != heading) * _BEND + _CROSSING


def _around(ends: Mapping[Point, Port]) -> tuple[int, int, int, int]:
    xs, ys = [cell[0] for cell in ends], [cell[1] for cell in ends]
    return min(xs, default=0), min(ys, default=0), max(xs, default=0), max(ys, default=0)


def _ahead(cell: Point, goal: tuple[int, int, int, int]) -> int:
    """What the way from a cell to a goal costs at least: its length, and a bend where both axes must change."""
    x, y = cell
    left, top, right, bottom = goal
    across = left - x if x < left else x - right if x > right else 0
    down = top - y if y < top else y - bottom if y > bottom else 0
    return across + down + _BEND if across and down else across + down


def _take(grid: Grid, path: Sequence[Point], points: Sequence[Point]) -> None:
    for before, after in pairwise(path):
        axis = 0 if before[1] == after[1] else 1
        grid.lines.setdefault(before, set()).add(axis)
        grid.lines.setdefault(after, set()).add(axis)
    grid.bends.update(points[1:-1])


def _straightened(points: Sequence[Point]) -> list[Point]:
    kept = [points[0]]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        straight = before[0] == here[0] == after[0] or before[1] == here[1] == after[1]
        if not straight:
            kept.append(here)
    return [*kept, points[-1]]


def _cell(port: Port) -> Point:
    """The first grid cell outside the shape, straight ahead of a port."""
    dx, dy = _DIRECTIONS[port.out]
    return _outwards(port.point[0], dx), _outwards(port.point[1], dy)


def _outwards(value: int, sign: int) -> int:
    if sign > 0:
        return -(-(value + 1) // STEP) * STEP
    return (value - 1) // STEP * STEP if sign < 0 else value


def _opposite(direction: int) -> int:
    return (direction + 2) % 4


def _cells(box: Box) -> Iterator[Point]:
    for x in range(-(-box.x // STEP) * STEP, box.right + 1, STEP):
        for y in range(-(-box.y // STEP) * STEP, box.bottom + 1, STEP):
            yield x, y
