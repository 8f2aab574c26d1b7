"""Arrows: whatever the table, none runs through a symbol, and each arrives where it should."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.document_routes import DOWN, Grid, Route, Wish, route_all, segments

SIZES = st.tuples(st.integers(1, 6), st.integers(2, 8))


@st.composite
def tables(draw: st.DrawFn) -> tuple[Grid, list[Wish], frozenset[tuple[int, int]]]:
    columns, bands = draw(SIZES)
    grid = Grid(columns, bands, draw(st.integers(1, 2)))
    places = [grid.middle(draw(st.integers(0, columns - 1)), band) for band in range(bands)]
    pairs = draw(st.sets(st.tuples(st.integers(0, bands - 1), st.integers(0, bands - 1)), max_size=bands * 2))
    chain = {(band, band + 1) for band in range(bands - 1)}
    arrows = sorted(chain | {(source, target) for source, target in pairs if source != target})
    wishes = [Wish(key, places[source], places[target]) for key, (source, target) in enumerate(arrows)]
    return grid, wishes, frozenset(places)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_routes_keep_clear_of_symbols(table: tuple[Grid, list[Wish], frozenset[tuple[int, int]]]) -> None:
    grid, wishes, symbols = table
    routes = route_all(grid, wishes, symbols)
    assert [route.key for route in routes] == [wish.key for wish in wishes]
    for route, wish in zip(routes, wishes, strict=True):
        assert (route.points[0], route.points[-1]) == (wish.source, wish.target)
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(route.points))
        passed = {there for _, there in segments(route.points)} - {wish.target}
        assert not passed & symbols
        assert all(0 <= x < grid.width and 0 <= y < grid.height for x, y in passed)


def test_the_next_row_is_reached_from_above() -> None:
    grid = Grid(3, 2)
    route = route_all(grid, [Wish(0, grid.middle(0, 0), grid.middle(2, 1))], frozenset())[0]
    assert route.points == (grid.middle(0, 0), grid.middle(2, 0), grid.middle(2, 1))


def test_two_branches_of_a_decision_never_share_a_line() -> None:
    grid = Grid(4, 6)
    places = [grid.middle(column, band) for band, column in enumerate((0, 1, 2, 3, 2, 1))]
    wishes = [Wish(band, places[band], places[band + 1]) for band in range(5)]
    wishes += [Wish(5, places[3], places[0]), Wish(6, places[4], places[1])]
    routes = route_all(grid, wishes, frozenset(places))
    assert shared(routes, wishes) == []


def test_a_wish_may_restrict_how_it_leaves() -> None:
    grid = Grid(2, 2)
    wish = Wish(0, grid.middle(0, 0), grid.middle(1, 1), leave=(DOWN,))
    assert route_all(grid, [wish], frozenset())[0].points[1][0] == wish.source[0]


def shared(routes: tuple[Route, ...], wishes: list[Wish]) -> list[tuple[int, int]]:
    """Pairs of arrows to different targets that run along the same line."""
    steps = [{frozenset(step) for step in segments(route.points)} for route in routes]
    return [
        (one, other)
        for one in range(len(routes))
        for other in range(one)
        if wishes[one].target != wishes[other].target and steps[one] & steps[other]
    ]
