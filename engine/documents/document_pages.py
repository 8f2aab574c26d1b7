"""Rows to pages: which rows stand on which page, and where off-page connectors join what a page break cuts.

Owns pagination and the connectors (`Plate`). Heights come measured; lines are `document_routes`, drawing is
`document_drawing`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from engine.documents.document_model import Arrow, Matrix, Row

STRIP = 8.5
TOTAL = 8.0
BOX_ROW, CAPSULE = 13.0, 7.5
_MOST_STRETCH = 5.0


class RowTooTall(ValueError):
    """A row that fits on no page; `index` says which, `capacity` how much fits."""

    def __init__(self, index: int, capacity: float) -> None:
        super().__init__(f"Expected a row of at most {capacity} mm, but row {index} is taller.")
        self.index = index


@dataclass(frozen=True, slots=True)
class Plate:
    """An off-page connector: the pentagon with a letter.

    Attributes:
        letter: the same on both pages; one per target row.
        column: where it stands. leaves: it ends arrows of this page; else it begins one.
        others: indexes of the pages it points to; several where arrows from several pages end in one row.
    """

    letter: str
    row: int
    column: int
    leaves: bool
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `rows` are indexes in order; plates stand in the strips above and below them."""

    rows: tuple[int, ...]
    above: tuple[Plate, ...] = ()
    below: tuple[Plate, ...] = ()


def row_height(row: Row, text_height: float) -> float:
    """How tall a row must be for its texts and its symbols."""
    return max(text_height, BOX_ROW + CAPSULE * (row.starts + row.ends))


def paginate(matrix: Matrix, heights: Sequence[float], capacity: float) -> tuple[Page, ...]:
    """The pages, with their connectors.

    Args:
        matrix: what is printed.
        heights: of each row.
        capacity: millimetres for rows, strips and the total on one page.

    Raises:
        RowTooTall: a row is taller than an empty page.
    """
    broken = _balanced(heights, capacity)
    page_of = {row: number for number, rows in enumerate(broken) for row in rows}
    letters = _letters(matrix.arrows, page_of)
    return tuple(
        _with_plates(matrix, number, Page(tuple(rows)), page_of, letters) for number, rows in enumerate(broken)
    )


def stretched(heights: Sequence[float], pages: Sequence[Page], capacity: float) -> list[float]:
    """Heights that use a page better: what is left of it goes to its rows, a little to each; not on the last page."""
    taller = list(heights)
    for page in pages[:-1]:
        used = sum(heights[row] for row in page.rows) + STRIP * (bool(page.above) + bool(page.below))
        extra = min(_MOST_STRETCH, max(0.0, capacity - used - 1.0) / max(1, len(page.rows)))
        for row in page.rows:
            taller[row] += extra
    return taller


def _balanced(heights: Sequence[float], capacity: float) -> list[list[int]]:
    """As few pages as can be, filled evenly rather than with a rest of one row on the last."""
    broken = list(_broken(heights, capacity))
    low, high = max(heights, default=0.0) + 2 * STRIP, capacity
    while high - low > 1.0:
        middle = (low + high) / 2
        fewer = list(_broken(heights, middle))
        if len(fewer) == len(broken):
            broken, high = fewer, middle
        else:
            low = middle
    return broken


def _broken(heights: Sequence[float], capacity: float) -> Iterator[list[int]]:
    rows: list[int] = []
    left = capacity - STRIP
    for index, height in enumerate(heights):
        if height > capacity - 2 * STRIP:
            raise RowTooTall(index, capacity - 2 * STRIP)
        if height > left:
            yield rows
            rows, left = [], capacity - 2 * STRIP
        rows.append(index)
        left -= height
    yield rows


def _letters(arrows: Sequence[Arrow], page_of: dict[int, int]) -> dict[int, str]:
    cut = [arrow.target for arrow in arrows if page_of[arrow.source] != page_of[arrow.target]]
    return {target: _letter(place) for place, target in enumerate(dict.fromkeys(cut))}


def _letter(place: int) -> str:
    first, last = divmod(place, 26)
    return (chr(ord("A") + first - 1) if first else "") + chr(ord("A") + last)


def _with_plates(matrix: Matrix, number: int, page: Page, page_of: dict[int, int], letters: dict[int, str]) -> Page:
    above: dict[tuple[int, bool], Plate] = {}
    below: dict[tuple[int, bool], Plate] = {}
    for arrow in matrix.arrows:
        source, target = page_of[arrow.source], page_of[arrow.target]
        if source == target or number not in (source, target):
            continue
        leaves = number == source
        other = target if leaves else source
        strip = below if other > number else above
        known = strip.get((arrow.target, leaves))
        others = tuple(sorted({other, *(known.others if known else ())}))
        column = matrix.rows[arrow.target].column
        strip[arrow.target, leaves] = Plate(letters[arrow.target], arrow.target, column, leaves, others)
    columns = len(matrix.columns)
    return replace(page, above=_apart(above.values(), columns), below=_apart(below.values(), columns))


def _apart(plates: Iterable[Plate], columns: int) -> tuple[Plate, ...]:
    """Plates in columns of their own, as near as can be; when all are taken, they stay where they are."""
    taken: set[int] = set()
    placed = []
    for plate in plates:
        free = [column for column in range(columns) if column not in taken]
        column = min(free, key=lambda column: abs(column - plate.column), default=plate.column)
        taken.add(column)
        placed.append(replace(plate, column=column))
    return tuple(placed)
