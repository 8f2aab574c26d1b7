"""Boxes, points and the finished layout of a diagram, in pixels; y grows downwards. Values and plain geometry only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Point = tuple[int, int]

_CHARACTER = 6
_LINE = 13
_LONGEST_LINE = 16


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """y of the lower side."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """The middle, rounded down to whole pixels."""
        return self.x + self.width // 2, self.y + self.height // 2

    def grown(self, margin: int) -> "Box":
        """The same box with `margin` pixels more on every side; negative shrinks."""
        return Box(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def overlaps(self, other: "Box") -> bool:
        """Whether the insides share a pixel; touching sides do not count."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: "Box") -> bool:
        """Whether `other` lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is: shapes by node id, edges by flow id as waypoints, labels by node or flow id."""

    pool: Box
    lanes: Mapping[str, Box]
    shapes: Mapping[str, Box]
    edges: Mapping[str, Sequence[Point]]
    labels: Mapping[str, Box]


def around(centre: Point, width: int, height: int) -> Box:
    """The box of this size about a centre."""
    return Box(centre[0] - width // 2, centre[1] - height // 2, width, height)


def segments(edge: Sequence[Point]) -> list[Box]:
    """The straight parts of an edge as boxes one pixel wide."""
    return [
        Box(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]) + 1, abs(a[1] - b[1]) + 1) for a, b in pairwise(edge)
    ]


def text_size(text: str) -> tuple[int, int]:
    """Width and height of a label in pixels, broken between words at the width bpmn-js breaks at."""
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and len(longer) > _LONGEST_LINE:
            lines.append(line)
            line = word
        else:
            line = longer
    lines.append(line)
    return max(len(each) for each in lines) * _CHARACTER + 4, len(lines) * _LINE
