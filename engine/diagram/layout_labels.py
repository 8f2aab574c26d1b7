"""Where the words beside shapes and edges stand: the free place nearest to what they name.

Owns the estimate of text size and the choice among candidate places. Must not move shapes or edges.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from engine.diagram.geometry import Box, Point, segments, text_size
from engine.diagram.model import Node
from engine.diagram.names import ACTIVITIES

_NEAR = 4


def place_labels(
    nodes: Sequence[Node],
    names: Mapping[str, str],
    shapes: Mapping[str, Box],
    edges: Mapping[str, Sequence[Point]],
    borders: Sequence[Box],
) -> dict[str, Box]:
    """Boxes of the labels of events, gateways and named flows.

    Args:
        nodes: the placed nodes.  names: flow id to the words on it.
        shapes, edges: what stands already.  borders: lane boxes, whose lines a label should not cross.
    """
    lines = [part for edge in edges.values() for part in segments(edge)]
    lines += [Box(box.x, box.bottom, box.width, 1) for box in borders]
    labels: dict[str, Box] = {}
    named = [node for node in nodes if node.name and node.kind not in ACTIVITIES]
    for node in sorted(named, key=lambda node: not node.events):
        labels[node.id] = _best(_beside_shape(node, shapes[node.id]), shapes, lines, labels)
    for flow, words in names.items():
        if words and flow in edges:
            labels[flow] = _best(_beside_edge(edges[flow], text_size(words)), shapes, lines, labels)
    return labels


def expected_labels(nodes: Sequence[Node], shapes: Mapping[str, Box]) -> list[Box]:
    """The first choice for the labels of shapes, for edges to stay clear of."""
    return [next(_beside_shape(node, shapes[node.id])) for node in nodes if node.name and node.kind not in ACTIVITIES]


def _best(candidates: Iterator[Box], shapes: Mapping[str, Box], lines: Sequence[Box], labels: Mapping[str, Box]) -> Box:
    def harm(choice: tuple[int, Box]) -> tuple[int, int]:
        order, box = choice
        near = box.grown(-1)
        on_shapes = sum(near.overlaps(shape) for shape in shapes.values())
        on_labels = sum(near.overlaps(label) for label in labels.values())
        return 10 * on_shapes + 10 * on_labels + 3 * sum(near.overlaps(line) for line in lines), order

    return min(enumerate(candidates), key=harm)[1]


def _beside_shape(node: Node, shape: Box) -> Iterator[Box]:
    width, height = text_size(node.name)
    middle = shape.centre[0] - width // 2
    centre = shape.centre[1] - height // 2
    above = Box(middle, shape.y - height - _NEAR, width, height)
    below = Box(middle, shape.bottom + _NEAR, width, height)
    right = Box(shape.right + 2, centre + height // 2 - _NEAR, width, height)
    if node.attached_to:
        yield from (below, right, above)
    elif node.kind == "endEvent" and node.events:
        yield from (right, below, above)
    else:
        yield from (above, below, right)
    yield Box(shape.right + _NEAR, centre, width, height)
    yield Box(shape.x - width - _NEAR, shape.bottom - height // 2, width, height)
    yield Box(shape.right, shape.y - height, width, height)
    yield Box(shape.x - width, shape.y - height, width, height)
    yield Box(shape.right, shape.bottom, width, height)
    yield Box(shape.x - width, shape.bottom, width, height)
    for far in range(10, 61, 10):
        yield Box(middle, shape.y - height - _NEAR - far, width, height)
        yield Box(middle, shape.bottom + _NEAR + far, width, height)


def _beside_edge(edge: Sequence[Point], size: tuple[int, int]) -> Iterator[Box]:
    width, height = size
    for (x1, y1), (x2, y2) in pairwise(edge):
        if y1 == y2:
            start = min(x1, x2) + _NEAR if x2 > x1 else max(x1, x2) - width - _NEAR
            middle = (x1 + x2) // 2 - width // 2
            for x in (start, middle) if abs(x2 - x1) > width else (start,):
                yield Box(x, y1 - height - 2, width, height)
                yield Box(x, y1 + 2, width, height)
        else:
            start = y1 + _NEAR if y2 > y1 else y1 - height - _NEAR
            onwards = 1 if y2 > y1 else -1
            for y in [start + onwards * far for far in range(0, max(1, abs(y2 - y1) - height), 20)]:
                yield Box(x1 + _NEAR, y, width, height)
                yield Box(x1 - width - _NEAR, y, width, height)
