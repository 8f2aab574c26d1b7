"""A clean laned drawing for any process: lanes as rows, main path straight, orthogonal edges.

Places (`layout_place`), routes (`layout_route`), then labels (`layout_labels`); when an edge finds no way the shapes
are spread and everything is tried again. Pure: a process gives its `Layout`. Must not read or write XML.
"""

from collections.abc import Mapping, Sequence

from engine.diagram.geometry import Box, Layout, Point
from engine.diagram.layout_labels import expected_labels, place_labels
from engine.diagram.layout_place import STEP, Placement, back_edges, place
from engine.diagram.layout_route import DOWN, LEFT, RIGHT, UP, Grid, NoWay, Port, route
from engine.diagram.model import Flow, Node, Process
from engine.diagram.names import ACTIVITIES, GATEWAYS

__all__ = ["Box", "Layout", "lay_out"]

_SPREADS = (0, 20, 40, 80, 160, 320)
_OFF_CENTRE = 15
_LEFTWARD = 60


def lay_out(process: Process) -> Layout:
    """Positions of the outermost nodes and flows of a process.

    Raises:
        NoWay: no routes exist even with the shapes far apart (hundreds of edges into one box).
    """
    for spread in _SPREADS[:-1]:
        try:
            return _attempt(process, place(process, spread))
        except NoWay:
            continue
    return _attempt(process, place(process, _SPREADS[-1]))


def _attempt(process: Process, placement: Placement) -> Layout:
    scope = process.scopes[process.id]
    nodes = [process.nodes[name] for name in scope.nodes]
    flows = [process.flows[name] for name in scope.flows]
    shapes = placement.shapes
    edges: dict[str, Sequence[Point]] = {flow.id: fixed for flow in flows if (fixed := _fixed(process, flow, shapes))}
    taken = [Box(min(x), min(y), max(x) - min(x), max(y) - min(y)) for x, y in _columns(edges)]
    grid = Grid.over(placement.pool, [*shapes.values(), *taken], expected_labels(nodes, shapes))
    for flow in _in_order([flow for flow in flows if flow.id not in edges], nodes, flows, shapes):
        back = shapes[flow.target].centre[0] <= shapes[flow.source].centre[0]
        sources = _ports_out(process.nodes[flow.source], shapes[flow.source], back)
        edges[flow.id] = route(grid, sources, _ports_in(process.nodes[flow.target], shapes[flow.target]))
    names = {flow.id: flow.name for flow in flows}
    labels = place_labels(nodes, names, shapes, edges, list(placement.lanes.values()))
    return Layout(placement.pool, placement.lanes, shapes, {flow.id: edges[flow.id] for flow in flows}, labels)


def _columns(edges: Mapping[str, Sequence[Point]]) -> list[tuple[list[int], list[int]]]:
    return [([point[0] for point in edge], [point[1] for point in edge]) for edge in edges.values()]


def _fixed(process: Process, flow: Flow, shapes: Mapping[str, Box]) -> list[Point] | None:
    """The way to a node that stands by its source: a corner from a boundary event, straight down from a gateway."""
    source, target = process.nodes[flow.source], process.nodes[flow.target]
    here, there = shapes[source.id], shapes[target.id]
    near = there.y - here.bottom < here.height and abs(there.centre[0] - here.centre[0]) < 2 * here.width
    if target.kind != "endEvent" or not near or len(target.incoming) != 1:
        return None
    below = here.centre[0], here.bottom
    if source.attached_to and there.y > here.y:
        return [below, (below[0], there.centre[1]), (there.x, there.centre[1])]
    if here.centre[0] == there.centre[0] and there.y > here.bottom:
        return [below, (below[0], there.y)]
    return None


def _in_order(
    flows: Sequence[Flow], nodes: Sequence[Node], every: Sequence[Flow], shapes: Mapping[str, Box]
) -> list[Flow]:
    """Straight ones first, then the short ones, loops last."""
    back = back_edges(nodes, every)

    def effort(flow: Flow) -> tuple[bool, bool, int]:
        (x1, y1), (x2, y2) = shapes[flow.source].centre, shapes[flow.target].centre
        return flow.id in back, y1 != y2 or x2 < x1, abs(x2 - x1) + abs(y2 - y1)

    return sorted(flows, key=effort)


def _ports_out(node: Node, box: Box, back: bool) -> list[Port]:
    x, y = box.centre
    right, left = Port((box.right, y), RIGHT, _LEFTWARD // 2 if back else 0), Port((box.x, y), LEFT, 2 * _LEFTWARD)
    up, down = Port((x, box.y), UP), Port((x, box.bottom), DOWN)
    if node.attached_to:
        return [down, Port((box.x, y), LEFT, _LEFTWARD)]
    if node.kind not in ACTIVITIES:
        return [right, up, down, left, *_slanted(node, box)]
    return [right, up, down, left, *_more(box, RIGHT), *_more(box, UP), *_more(box, DOWN)]


def _ports_in(node: Node, box: Box) -> list[Port]:
    x, y = box.centre
    left, top = Port((box.x, y), LEFT), Port((x, box.y), UP)
    bottom, right = Port((x, box.bottom), DOWN, _OFF_CENTRE), Port((box.right, y), RIGHT, 2 * _LEFTWARD)
    if node.kind not in ACTIVITIES:
        return [left, top, bottom, right, *_slanted(node, box)]
    others = [*_more(box, DOWN), *_more(box, RIGHT)]
    costly = [Port(port.point, port.out, port.cost + _LEFTWARD) for port in [bottom, *others]]
    return [left, top, right, *_more(box, LEFT), *_more(box, UP), *costly]


def _slanted(node: Node, box: Box) -> list[Port]:
    """Further ports beside the corners of a gateway or the poles of an event."""
    inset = STEP if node.kind in GATEWAYS else 3
    x, y = box.centre
    across = [(box.right, RIGHT), (box.x, LEFT)]
    along = [(box.y, UP), (box.bottom, DOWN)]
    return [
        *(Port((edge, y + off), side, 2 * _LEFTWARD, inset) for edge, side in across for off in (-STEP, STEP)),
        *(Port((x + off, edge), side, 2 * _LEFTWARD, inset) for edge, side in along for off in (-STEP, STEP)),
    ]


def _more(box: Box, side: int) -> list[Port]:
    """Further ports of a box on one side of its middle one."""
    x, y = box.centre
    if side in (LEFT, RIGHT):
        edge = box.x if side == LEFT else box.right
        return [Port((edge, y + off), side, _OFF_CENTRE + abs(off)) for off in (-20, 20)]
    edge = box.y if side == UP else box.bottom
    return [Port((x + off, edge), side, _OFF_CENTRE + abs(off) // 2) for off in (-10, 10, -20, 20, -30, 30, -40, 40)]
