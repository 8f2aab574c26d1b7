"""Symbols and arrows of the matrix as SVG inside table cells, for the browser.

A cell's lines are in percent of the cell, its symbols in pixels around a point, so that rows may take any height. No
script, no style attribute. Routing is `document_routes`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape
from itertools import pairwise

from engine.documents.document_model import Arrow, Matrix, Row
from engine.documents.document_routes import Grid, Point, Wish, route_all

Cell = tuple[int, int]  # (row, column)
_TRACKS = (7.0, 15.0, 50.0, 85.0, 93.0)
_SIZES = {"box": (34, 20), "event": (34, 20), "diamond": (42, 26), "capsule": (46, 16)}
_SHAPES = {
    "box": '<rect class="s" x="-17" y="-10" width="34" height="20"/>',
    "event": '<rect class="s e" x="-17" y="-10" width="34" height="20" rx="10"/>',
    "diamond": '<polygon class="s" points="-21,0 0,-13 21,0 0,13"/>',
    "none": "",
}
_HEADS = {
    "down": "0,{edge} -4,{back} 4,{back}",
    "right": "{edge},0 {back},-4 {back},4",
    "left": "{edge},0 {back},-4 {back},4",
}


def cell_drawings(matrix: Matrix) -> Mapping[Cell, str]:
    """SVG for every cell in which something is drawn."""
    grid = Grid(len(matrix.columns), len(matrix.rows), 2)
    places = [grid.middle(row.column, index) for index, row in enumerate(matrix.rows)]
    capsules = [grid.middle(row.column, i, 0) for i, row in enumerate(matrix.rows) if row.starts]
    capsules += [grid.middle(row.column, i, 2) for i, row in enumerate(matrix.rows) if row.ends]
    wishes = [Wish(key, places[arrow.source], places[arrow.target]) for key, arrow in enumerate(matrix.arrows)]
    parts: dict[Cell, list[str]] = defaultdict(list)
    tips: dict[Cell, list[str]] = defaultdict(list)
    for route in route_all(grid, wishes, frozenset([*places, *capsules])):
        for start, end in pairwise(route.points):
            _add_run(parts, grid, matrix.rows, start, end)
        arrow = matrix.arrows[route.key]
        target = matrix.rows[arrow.target]
        tips[arrow.target, target.column].append(_head(target, route.points))
        tips[arrow.source, matrix.rows[arrow.source].column].append(_label(matrix, arrow, route.points))
    for index, row in enumerate(matrix.rows):
        parts[index, row.column].append(_symbols(row))
        parts[index, row.column] += tips[index, row.column]
    return {
        cell: f'<svg class="g" aria-hidden="true" focusable="false">{"".join(p)}</svg>' for cell, p in parts.items()
    }


def levels(row: Row) -> tuple[float, float, float]:
    """Percent of the cell's height at which its three levels lie."""
    return {
        (False, False): (9.0, 50.0, 91.0),
        (True, False): (17.0, 63.0, 93.0),
        (False, True): (7.0, 37.0, 83.0),
        (True, True): (13.0, 50.0, 87.0),
    }[row.starts, row.ends]


def _add_run(parts: dict[Cell, list[str]], grid: Grid, rows: Sequence[Row], start: Point, end: Point) -> None:
    """One straight stretch, cut at the borders of the cells it passes."""
    first, last = min(start, end), max(start, end)
    (column, x), (to_column, to_x) = (divmod(point[0], grid.per_column) for point in (first, last))
    (band, level), (to_band, to_level) = (divmod(point[1], 3) for point in (first, last))
    if first[1] == last[1]:
        y = levels(rows[band])[level]
        for here in range(column, to_column + 1):
            left = _TRACKS[x] if here == column else 0.0
            right = _TRACKS[to_x] if here == to_column else 100.0
            parts[band, here].append(_line(left, y, right, y))
    else:
        for here in range(band, to_band + 1):
            top = levels(rows[here])[level] if here == band else 0.0
            bottom = levels(rows[here])[to_level] if here == to_band else 100.0
            parts[here, column].append(_line(_TRACKS[x], top, _TRACKS[x], bottom))


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<line class="a" x1="{x:g}%" y1="{y:g}%" x2="{to_x:g}%" y2="{to_y:g}%"/>'


def _at(level: float, body: str) -> str:
    return f'<svg x="50%" y="{level:g}%" overflow="visible">{body}</svg>' if body else ""


def _symbols(row: Row) -> str:
    top, middle, bottom = levels(row)
    drawn = ""
    if row.starts:
        drawn += _line(50, top, 50, middle) + _at(top, _capsule("Mulai")) + _at(middle, _tip("down", row.symbol))
    if row.ends:
        drawn += _line(50, middle, 50, bottom) + _at(bottom, _capsule("Selesai") + _tip("down", "capsule"))
        drawn += _at(middle, _words(5, _SIZES[row.symbol][1] / 2 + 11, "start", row.end_label)) if row.end_label else ""
    return drawn + _at(middle, _SHAPES[row.symbol])


def _capsule(words: str) -> str:
    return (
        '<rect class="s c" x="-23" y="-8" width="46" height="16" rx="8"/>'
        f'<text class="t" y="3.5" text-anchor="middle">{words}</text>'
    )


def _tip(direction: str, kind: str) -> str:
    width, height = _SIZES[kind]
    edge = {"down": -height / 2, "right": -width / 2, "left": width / 2}[direction]
    back = edge - 7 if edge < 0 else edge + 7
    return f'<polygon class="h" points="{_HEADS[direction].format(edge=edge, back=back)}"/>'


def _head(row: Row, points: Sequence[Point]) -> str:
    before, last = points[-2], points[-1]
    direction = "down" if before[0] == last[0] else "right" if before[0] < last[0] else "left"
    return _at(levels(row)[1], _tip(direction, row.symbol))


def _label(matrix: Matrix, arrow: Arrow, points: Sequence[Point]) -> str:
    if not arrow.label:
        return ""
    row = matrix.rows[arrow.source]
    (x, y), to_x = points[0], points[1][0]
    width, height = _SIZES[row.symbol]
    if to_x == x:
        body = _words(5, height / 2 + 11, "start", arrow.label)
    else:
        turns_up = len(points) > 2 and points[2][1] < y
        side = 1 if to_x > x else -1
        body = _words(side * (width / 2 + 3), 12 if turns_up else -5, "start" if side > 0 else "end", arrow.label)
    return _at(levels(row)[1], body)


def _words(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text class="l" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
