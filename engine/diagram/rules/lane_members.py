"""Every element is in one lane at most, and lanes do not overlap in the drawing.

The lane says who performs an activity. An element listed in two lanes (other than an outer lane and the lane inside
it) has two performers; overlapping lanes in the drawing are a warning.
"""

from collections.abc import Iterator

from engine.diagram.model import Lane, Process
from engine.diagram.rule import Context, Problem, label, problem
from engine.diagram.source import Shape


def check(context: Context) -> Iterator[Problem]:
    """Elements in two lanes, lanes that overlap."""
    for process in context.diagram.processes:
        lanes = {lane.id: lane for lane in process.lanes}
        inside: dict[str, list[Lane]] = {}
        for lane in process.lanes:
            for key in dict.fromkeys(lane.nodes):
                inside.setdefault(key, []).append(lane)
        for key, found in inside.items():
            outer = {above for lane in found for above in _above(lane, lanes)}
            innermost = [lane for lane in found if lane.id not in outer]
            node = process.nodes.get(key)
            if len(innermost) > 1 and node is not None:
                names = " / ".join(f'"{lane.name or lane.id}"' for lane in innermost)
                yield problem(
                    key,
                    f"{label(node)} berada di dua lajur: {names}; pelaksananya tidak jelas.",
                    f"{label(node)} is in two lanes: {names}; nobody knows its performer.",
                    "Letakkan di satu lajur saja.",
                    "Put it into one lane only.",
                )
        yield from _overlaps(context, process, lanes)


def _above(lane: Lane, lanes: dict[str, Lane]) -> Iterator[str]:
    parent = lane.parent
    while parent is not None and parent in lanes:
        yield parent
        parent = lanes[parent].parent


def _overlaps(context: Context, process: Process, lanes: dict[str, Lane]) -> Iterator[Problem]:
    shapes = {shape.element: shape for shape in context.source.shapes if shape.element in lanes}
    drawn = [lane for lane in process.lanes if lane.id in shapes]
    for index, lane in enumerate(drawn):
        for other in drawn[:index]:
            if other.id in _above(lane, lanes) or lane.id in _above(other, lanes):
                continue
            if _overlap(shapes[lane.id], shapes[other.id]):
                yield problem(
                    lane.id,
                    f'Lajur "{lane.name or lane.id}" dan "{other.name or other.id}" bertumpang tindih di gambar.',
                    f'The lanes "{lane.name or lane.id}" and "{other.name or other.id}" overlap in the drawing.',
                    "Geser atau ubah ukuran lajurnya.",
                    "Move or resize the lanes.",
                    "warning",
                )


def _overlap(one: Shape, two: Shape) -> bool:
    wide = min(one.x + one.width, two.x + two.width) - max(one.x, two.x)
    high = min(one.y + one.height, two.y + two.height) - max(one.y, two.y)
    return wide > 1 and high > 1
