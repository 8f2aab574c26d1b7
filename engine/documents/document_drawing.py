"""One page of the matrix as shapes, lines and labels, in millimetres from the top left corner of its table body.

Owns the sizes of symbols and where routes and labels come to lie. Must not know typst or texts of cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.documents.document_model import Arrow, Matrix
from engine.documents.document_pages import CAPSULE, STRIP, Page, Plate
from engine.documents.document_paper import Columns
from engine.documents.document_routes import DOWN, LEFT, RIGHT, UP, Grid, Point, Route, Wish, route_all

Spot = tuple[float, float]
_LETTER_WIDTH = 1.0
_LABEL_HEIGHT = 2.6


@dataclass(frozen=True, slots=True)
class Shape:
    """A symbol: `kind` box, diamond, event, capsule or plate; `x`, `y` its middle; `pages` where a plate points."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    text: str = ""
    pages: tuple[int, ...] = ()
    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Words beside a line; `x`, `y` the top left corner."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn over one page's table."""

    height: float
    shapes: tuple[Shape, ...]
    lines: tuple[tuple[Spot, ...], ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A row or strip: where it begins, its height, and its three levels (see `document_routes`)."""

    top: float
    height: float
    levels: tuple[float, float, float]


class PageDrawing:
    """Draws one page.

    Args:
        matrix: what is printed.
        page: the rows and plates of this page.
        heights: of all rows, by index.
        columns: the widths.
    """

    def __init__(self, matrix: Matrix, page: Page, heights: Sequence[float], columns: Columns) -> None:
        self._matrix, self._page, self._columns = matrix, page, columns
        self._heights = heights
        self._grid = Grid(len(matrix.columns), len(self.bands), 2 if columns.lane >= 17 else 1)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """Strip above, rows, strip below; strips only where plates stand."""
        bands: list[Band] = []
        top = 0.0
        for height, starts, ends in self._band_sizes():
            before, after = CAPSULE * starts, CAPSULE * ends
            middle = before + (height - before - after) / 2
            levels = (4.0 if starts else 1.9, middle, height - (4.0 if ends else 1.9))
            bands.append(Band(top, height, levels))
            top += height
        return tuple(bands)

    def drawing(self) -> Drawing:
        """Everything on this page."""
        places = {row: self._grid.middle(self._matrix.rows[row].column, self._band(row)) for row in self._page.rows}
        plates = {self._plate_point(plate): plate for plate in (*self._page.above, *self._page.below)}
        wishes, arrows = self._wishes(places)
        symbols = frozenset([*places.values(), *plates, *self._capsule_points()])
        routes = route_all(self._grid, wishes, symbols)
        shapes = {point: self._symbol(row, point) for row, point in places.items()}
        shapes |= {point: self._plate(plate, point) for point, plate in plates.items()}
        capsules, short_lines, end_labels = self._capsules(places, shapes)
        lines = [self._line(route, shapes) for route in routes]
        labels = [
            self._label(arrows[route.key].label, line)
            for route, line in zip(routes, lines, strict=True)
            if arrows[route.key].label and arrows[route.key].source in places
        ]
        height = self.bands[-1].top + self.bands[-1].height if self.bands else 0.0
        return Drawing(height, (*shapes.values(), *capsules), (*lines, *short_lines), (*labels, *end_labels))

    def _band_sizes(self) -> list[tuple[float, bool, bool]]:
        facts = ((row, self._matrix.rows[row]) for row in self._page.rows)
        rows = [(self._heights[row], fact.starts, fact.ends) for row, fact in facts]
        above = [(STRIP, False, False)] if self._page.above else []
        below = [(STRIP, False, False)] if self._page.below else []
        return [*above, *rows, *below]

    def _band(self, row: int) -> int:
        return self._page.rows.index(row) + bool(self._page.above)

    def _plate_point(self, plate: Plate) -> Point:
        band = 0 if plate in self._page.above else len(self.bands) - 1
        return self._grid.middle(plate.column, band)

    def _wishes(self, places: Mapping[int, Point]) -> tuple[list[Wish], list[Arrow]]:
        leaving = {plate.row: plate for plate in (*self._page.above, *self._page.below) if plate.leaves}
        arriving = [plate for plate in (*self._page.above, *self._page.below) if not plate.leaves]
        wishes: list[Wish] = []
        arrows: list[Arrow] = []
        for arrow in self._matrix.arrows:
            if arrow.source not in places:
                continue
            if arrow.target in places:
                wish = Wish(len(wishes), places[arrow.source], places[arrow.target])
            else:
                plate = leaving[arrow.target]
                enter = (UP, LEFT, RIGHT) if plate in self._page.above else (DOWN, LEFT, RIGHT)
                wish = Wish(len(wishes), places[arrow.source], self._plate_point(plate), enter=enter)
            wishes.append(wish)
            arrows.append(arrow)
        for plate in arriving:
            leave = (DOWN, LEFT, RIGHT) if plate in self._page.above else (UP, LEFT, RIGHT)
            wishes.append(Wish(len(wishes), self._plate_point(plate), places[plate.row], leave=leave))
            arrows.append(Arrow(-1, plate.row))
        return wishes, arrows

    def _capsule_points(self) -> list[Point]:
        points = []
        for row in self._page.rows:
            column, band = self._matrix.rows[row].column, self._band(row)
            points += [self._grid.middle(column, band, 0)] if self._matrix.rows[row].starts else []
            points += [self._grid.middle(column, band, 2)] if self._matrix.rows[row].ends else []
        return points

    def _spot(self, point: Point) -> Spot:
        column, track = divmod(point[0], self._grid.per_column)
        shares = (0.09, 0.5, 0.91) if self._grid.tracks == 1 else (0.06, 0.13, 0.5, 0.87, 0.94)
        band, level = divmod(point[1], 3)
        x = self._columns.left + (column + shares[track]) * self._columns.lane
        return x, self.bands[band].top + self.bands[band].levels[level]

    def _symbol(self, row: int, point: Point) -> Shape:
        x, y = self._spot(point)
        kind = self._matrix.rows[row].symbol
        if kind == "diamond":
            return Shape(kind, x, y, min(15.0, 0.66 * self._columns.lane), 8.2)
        return Shape(kind, x, y, min(14.0, 0.56 * self._columns.lane), 6.2)

    def _plate(self, plate: Plate, point: Point) -> Shape:
        x, y = self._spot(point)
        return Shape("plate", x, y, min(6.0, 0.5 * self._columns.lane), 5.4, plate.letter, plate.others, plate.leaves)

    def _capsules(
        self, places: Mapping[int, Point], shapes: Mapping[Point, Shape]
    ) -> tuple[list[Shape], list[tuple[Spot, ...]], list[Label]]:
        capsules: list[Shape] = []
        lines: list[tuple[Spot, ...]] = []
        labels: list[Label] = []
        width = min(14.0, 0.86 * self._columns.lane)
        for row, point in places.items():
            symbol, facts = shapes[point], self._matrix.rows[row]
            top, bottom = symbol.y - symbol.height / 2, symbol.y + symbol.height / 2
            if facts.starts:
                x, y = self._spot((point[0], point[1] - 1))
                capsules.append(Shape("capsule", x, y, width, 4.4, "Mulai"))
                lines.append(((x, y + 2.2), (x, top)))
            if facts.ends:
                x, y = self._spot((point[0], point[1] + 1))
                capsules.append(Shape("capsule", x, y, width, 4.4, "Selesai"))
                lines.append(((x, bottom), (x, y - 2.2)))
                labels += [self._label(facts.end_label, lines[-1])] if facts.end_label else []
        return capsules, lines, labels

    def _line(self, route: Route, shapes: Mapping[Point, Shape]) -> tuple[Spot, ...]:
        spots = [self._spot(point) for point in route.points]
        first, last = shapes[route.points[0]], shapes[route.points[-1]]
        spots[0] = _edge(first, spots[0], spots[1])
        spots[-1] = _edge(last, spots[-1], spots[-2])
        return tuple(spots)

    def _label(self, text: str, line: Sequence[Spot]) -> Label:
        (x, y), (to_x, to_y) = line[0], line[1]
        width = len(text) * _LETTER_WIDTH + 0.8
        if abs(to_x - x) < abs(to_y - y):
            left, top = x + 0.7, y + (0.5 if to_y > y else -0.5 - _LABEL_HEIGHT)
        else:
            turns_up = len(line) > 2 and line[2][1] < to_y
            top = y + 0.35 if turns_up else y - _LABEL_HEIGHT - 0.1
            left = x + 0.5 if to_x > x else x - 0.5 - width
        left = max(self._columns.left + 0.4, min(left, self._columns.right - width - 0.4))
        return Label(left, top, text)


def _edge(shape: Shape, spot: Spot, towards: Spot) -> Spot:
    """Where a line from the middle of a shape leaves it."""
    x, y = spot
    if abs(towards[0] - x) > abs(towards[1] - y):
        return x + (shape.width / 2 if towards[0] > x else -shape.width / 2), y
    return x, y + (shape.height / 2 if towards[1] > y else -shape.height / 2)
