"""Where shapes stand: one row per lane, main path straight, x by longest path with back edges removed.

A step within a lane moves one box to the right; a step to another lane only as far as a clean corner needs, so that
wide tables stay narrow. Boundary events sit on the lower side of their host with their closing event beside them,
branch ends sit below their gateway. Everything stands on a grid of `STEP` pixels, lane borders between grid lines.
Must not know edges' routes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.diagram.geometry import Box, Point, around, text_size
from engine.diagram.model import Flow, Lane, Node, Process
from engine.diagram.names import ACTIVITIES, GATEWAYS

STEP = 10
TASK = (120, 80)
GATEWAY = (50, 50)
EVENT = (36, 36)
POOL_X, POOL_Y = 160, 85
POOL_HEAD = 30
LANE_HEAD = 30
_GAP = 50
_CORNER = 30
_ABOVE = 30
_BELOW = 15
_LIMIT_AT = (-60, 40)
_BREACH_AT = (0, 62)
_BRANCH_END_AT = (0, 75)
_BESIDE_END = 140
_EMPTY_LANE = 60


@dataclass(frozen=True, slots=True)
class Placement:
    """The boxes before anything is routed."""

    pool: Box
    lanes: Mapping[str, Box]
    shapes: Mapping[str, Box]


def size(node: Node) -> tuple[int, int]:
    """Width and height of a node's shape."""
    if node.kind in ACTIVITIES:
        return TASK
    return GATEWAY if node.kind in GATEWAYS else EVENT


def place(process: Process, spread: int) -> Placement:
    """Place the outermost nodes of a process.

    Args:
        process: any process; nodes inside subprocesses are left out, a process without lanes gets one row.
        spread: extra pixels between lanes and boxes, a multiple of 2 * `STEP`, for diagrams with many edges.
    """
    nodes = [process.nodes[name] for name in process.scopes[process.id].nodes]
    flows = [process.flows[name] for name in process.scopes[process.id].flows]
    satellites = _satellites(nodes, flows)
    main = [node for node in nodes if node.id not in satellites]
    rank = {lane.id: place for place, lane in enumerate(process.lanes)}
    row = {node.id: rank.get(node.lane or "", 0) for node in main}
    ending = {host for host, offset in satellites.values() if offset == _BRANCH_END_AT}
    across = _across(main, flows, row, ending, spread)
    depth = _depths(main, satellites, row, [lane.name for lane in process.lanes] or [""], spread)
    left = POOL_X + POOL_HEAD + LANE_HEAD
    tops, bottom = _lane_tops(depth)
    shapes: dict[str, Box] = {}
    for node in nodes:
        host = satellites.get(node.id, (node.id, (0, 0)))
        x = left + across[host[0]] + host[1][0]
        y = tops[row[host[0]]] + _ABOVE + spread // 2 + TASK[1] // 2 + host[1][1]
        shapes[node.id] = around((x, _on_grid(y - host[1][1]) + host[1][1]), *size(node))
    right = max(box.right for box in shapes.values()) + 45 + spread
    pool = Box(POOL_X, POOL_Y, right - POOL_X, bottom - POOL_Y)
    return Placement(pool, _lane_boxes(process.lanes, [*tops, bottom], pool), shapes)


def back_edges(nodes: Sequence[Node], flows: Sequence[Flow]) -> frozenset[str]:
    """Ids of the flows that close a loop, found depth first in model order."""
    out: dict[str, list[Flow]] = {node.id: [] for node in nodes}
    for flow in flows:
        if flow.source in out and flow.target in out:
            out[flow.source].append(flow)
    back: set[str] = set()
    done: set[str] = set()
    starts = sorted(nodes, key=lambda node: node.kind != "startEvent")
    for start in starts:
        open_path: dict[str, int] = {}
        stack = [start.id] if start.id not in done else []
        while stack:
            here = stack[-1]
            step = open_path.setdefault(here, 0)
            if step == len(out[here]):
                done.add(here)
                del open_path[here]
                stack.pop()
                continue
            open_path[here] += 1
            target = out[here][step].target
            if target in open_path:
                back.add(out[here][step].id)
            elif target not in done:
                stack.append(target)
    return frozenset(back)


def _satellites(nodes: Sequence[Node], flows: Sequence[Flow]) -> dict[str, tuple[str, Point]]:
    """Nodes that stand by another one: id -> (host, offset of the centres)."""
    found: dict[str, tuple[str, Point]] = {}
    kinds = {node.id: node for node in nodes}
    hosted: dict[str, int] = {}
    for node in nodes:
        if node.attached_to in kinds and node.attached_to:
            place = hosted.get(node.attached_to, 0)
            hosted[node.attached_to] = place + 1
            found[node.id] = (node.attached_to, (_LIMIT_AT[0] + 40 * place, _LIMIT_AT[1]))
    taken: set[str] = set()
    for node in nodes:
        into = [flow for flow in flows if flow.target == node.id]
        if node.kind != "endEvent" or len(into) != 1:
            continue
        source = kinds[into[0].source]
        alone = source.attached_to is not None and hosted[source.attached_to] == 1
        if alone and len(source.outgoing) == 1 and source.attached_to:
            found[node.id] = (source.attached_to, _BREACH_AT)
        elif source.kind == "exclusiveGateway" and source.lane == node.lane and source.id not in taken:
            taken.add(source.id)
            found[node.id] = (source.id, _BRANCH_END_AT)
    return _without_only_ways(found, kinds, flows)


def _without_only_ways(
    found: dict[str, tuple[str, Point]], kinds: Mapping[str, Node], flows: Sequence[Flow]
) -> dict[str, tuple[str, Point]]:
    """Keep a gateway's last way out on the main row, so that the path does not stop there."""
    ahead = {flow.source for flow in flows if flow.target not in found}
    return {
        name: value for name, value in found.items() if kinds[value[0]].kind != "exclusiveGateway" or value[0] in ahead
    }


def _across(
    main: Sequence[Node], flows: Sequence[Flow], row: Mapping[str, int], ending: Collection[str], spread: int
) -> dict[str, int]:
    """x of the centres, from the left end of the lanes' inside."""
    half = {node.id: size(node)[0] // 2 for node in main}
    back = back_edges(main, flows)
    into: dict[str, list[Flow]] = {node.id: [] for node in main}
    for flow in flows:
        if flow.id not in back and flow.source in half and flow.target in half:
            into[flow.target].append(flow)
    sources = {name: [flow.source for flow in before] for name, before in into.items()}
    x: dict[str, int] = {}
    last_in_row: dict[int, str] = {}
    for name in _topological([node.id for node in main], sources):
        least = [50]
        for flow in into[name]:
            from_above = any(row[source] < row[flow.source] for source in sources[flow.source])
            beside_end = _BESIDE_END if flow.source in ending else 0
            least.append(x[flow.source] + max(_apart(flow, row, half, from_above), beside_end) + spread)
        before = last_in_row.get(row[name])
        if before is not None:
            least.append(x[before] + half[before] + _GAP + half[name] + spread)
        x[name] = _free_column(_up_to_grid(max(least)), name, sources[name], row, x, half)
        last_in_row[row[name]] = name
    return x


def _apart(flow: Flow, row: Mapping[str, int], half: Mapping[str, int], from_above: bool) -> int:
    """How far the centres of a flow's ends stand apart at least.

    Within a lane the label must fit; down, the way leads from the right side (of a gateway: straight) onto the top; up,
    from the top to the left side, farther off where the source is itself entered from above.
    """
    source, target = half[flow.source], half[flow.target]
    if row[flow.source] == row[flow.target]:
        return source + max(_GAP, text_size(flow.name)[0] + _CORNER if flow.name else 0) + target
    if row[flow.source] < row[flow.target]:
        return _CORNER if source == GATEWAY[0] // 2 else source + _CORNER
    return _CORNER + target + (2 * STEP if from_above else 0)


def _free_column(
    at: int, name: str, sources: Sequence[str], row: Mapping[str, int], x: Mapping[str, int], half: Mapping[str, int]
) -> int:
    """Move right until the line down from a row above to this node runs through no box between."""
    above = [row[source] for source in sources if row[source] < row[name]]
    if not above:
        return at
    between = [other for other in x if min(above) < row[other] < row[name]]
    while any(abs(x[other] - at) <= half[other] + STEP for other in between):
        at += STEP
    return at


def _topological(names: Sequence[str], into: Mapping[str, Sequence[str]]) -> list[str]:
    order: list[str] = []
    waiting = list(names)
    done: set[str] = set()
    while waiting:
        ready = next(name for name in waiting if all(source in done for source in into[name]))
        waiting.remove(ready)
        done.add(ready)
        order.append(ready)
    return order


def _depths(
    main: Sequence[Node],
    satellites: Mapping[str, tuple[str, Point]],
    row: Mapping[str, int],
    names: Sequence[str],
    spread: int,
) -> list[int]:
    """Height of each lane: room for its nodes and for its name, which stands upright in two lines."""
    depths = [_up_to_grid(_upright(name)) + spread for name in names]
    below = {node.id: TASK[1] // 2 for node in main}
    for host, offset in satellites.values():
        below[host] = max(below[host], offset[1] + EVENT[1] // 2)
    for node in main:
        needed = _ABOVE + TASK[1] // 2 + below[node.id] + _BELOW + spread
        depths[row[node.id]] = max(depths[row[node.id]], _up_to_grid(needed))
    return depths


def _upright(name: str) -> int:
    """Length of a lane's name in two lines; capitals are wider."""
    letter = 9 if name.isupper() else 7
    longest = max((len(word) for word in name.split()), default=0)
    return max(_EMPTY_LANE, letter * longest + 10, letter * len(name) // 2 + 25)


def _lane_tops(depths: Sequence[int]) -> tuple[list[int], int]:
    tops, y = [], POOL_Y
    for depth in depths:
        tops.append(y)
        y += depth
    return tops, y


def _lane_boxes(lanes: Sequence[Lane], edges: Sequence[int], pool: Box) -> dict[str, Box]:
    x, width = pool.x + POOL_HEAD, pool.width - POOL_HEAD
    spans = pairwise(edges)
    return {lane.id: Box(x, top, width, bottom - top) for lane, (top, bottom) in zip(lanes, spans, strict=False)}


def _up_to_grid(value: int) -> int:
    return -(-value // STEP) * STEP


def _on_grid(value: int) -> int:
    return value // STEP * STEP
