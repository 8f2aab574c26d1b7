"""How good a drawing is, in numbers: what overlaps, runs through boxes or crosses. Judges only; changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from engine.diagram.geometry import Box, Layout, Point
from engine.diagram.model import Process


@dataclass(frozen=True, slots=True)
class Measures:
    """Faults of a drawing; everything but `crossings` should be empty.

    Attributes:
        overlaps: pairs of shapes that share area (a boundary event and its host do not count).
        through: (flow, node) where an edge runs through a shape that is not one of its ends.
        shared: pairs of flows that lie on one another for a stretch.
        slanted: flows with a part that is neither horizontal nor vertical.
        outside: nodes outside their lane, or flows outside the pool.
        hidden: labels that lie on a shape or on another label.
        crossings: how often edges cross.
    """

    overlaps: tuple[tuple[str, str], ...]
    through: tuple[tuple[str, str], ...]
    shared: tuple[tuple[str, str], ...]
    slanted: tuple[str, ...]
    outside: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    crossings: int

    @property
    def sound(self) -> bool:
        """Whether nothing overlaps, runs through a shape, slants or leaves its place."""
        return not (self.overlaps or self.through or self.shared or self.slanted or self.outside)


def measure(process: Process, layout: Layout) -> Measures:
    """Measure a drawing of the outermost nodes of a process."""
    parts = {flow: list(pairwise(edge)) for flow, edge in layout.edges.items()}
    crossings, shared = 0, []
    for (one, some), (other, more) in combinations(parts.items(), 2):
        crossings += sum(_cross(a, b) for a in some for b in more)
        if any(_lie_on(a, b) for a in some for b in more):
            shared.append((one, other))
    return Measures(
        overlaps=tuple(_overlaps(process, layout)),
        through=tuple(_through(process, layout)),
        shared=tuple(shared),
        slanted=tuple(flow for flow, lines in parts.items() if any(a[0] != b[0] and a[1] != b[1] for a, b in lines)),
        outside=tuple(_outside(process, layout)),
        hidden=tuple(_hidden(layout)),
        crossings=crossings,
    )


def _overlaps(process: Process, layout: Layout) -> Iterator[tuple[str, str]]:
    for (one, box), (other, more) in combinations(layout.shapes.items(), 2):
        attached = process.nodes[one].attached_to == other or process.nodes[other].attached_to == one
        if box.overlaps(more) and not attached:
            yield one, other


def _through(process: Process, layout: Layout) -> Iterator[tuple[str, str]]:
    for flow, edge in layout.edges.items():
        source, target = process.flows[flow].source, process.flows[flow].target
        ends = {source, target, process.nodes[source].attached_to}
        for node, box in layout.shapes.items():
            inside = box.grown(-1)
            if node not in ends and any(_as_box(a, b).overlaps(inside) for a, b in pairwise(edge)):
                yield flow, node


def _outside(process: Process, layout: Layout) -> Iterator[str]:
    for node, box in layout.shapes.items():
        lane = layout.lanes.get(process.nodes[node].lane or "", layout.pool)
        if not lane.contains(box):
            yield node
    for flow, edge in layout.edges.items():
        if not all(layout.pool.contains(Box(x, y, 0, 0)) for x, y in edge):
            yield flow


def _hidden(layout: Layout) -> Iterator[tuple[str, str]]:
    for name, label in layout.labels.items():
        near = label.grown(-1)
        for node, box in layout.shapes.items():
            if near.overlaps(box):
                yield name, node
    for (one, box), (other, more) in combinations(layout.labels.items(), 2):
        if box.grown(-1).overlaps(more.grown(-1)):
            yield one, other


def _as_box(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) + 1, abs(a[1] - b[1]) + 1)


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    flat, steep = sorted((one, other), key=lambda part: part[0][1] != part[1][1])
    if flat[0][1] != flat[1][1] or steep[0][0] != steep[1][0]:
        return False
    within = _strictly_between(steep[0][0], (flat[0][0], flat[1][0]))
    return within and _strictly_between(flat[0][1], (steep[0][1], steep[1][1]))


def _lie_on(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    for axis in (0, 1):
        if one[0][axis] == one[1][axis] == other[0][axis] == other[1][axis]:
            along = 1 - axis
            low = max(min(one[0][along], one[1][along]), min(other[0][along], other[1][along]))
            high = min(max(one[0][along], one[1][along]), max(other[0][along], other[1][along]))
            return low < high
    return False


def _strictly_between(value: int, ends: Sequence[int]) -> bool:
    return min(ends) < value < max(ends)
