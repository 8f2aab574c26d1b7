"""Pages: every row once and in order, nothing beyond the paper, connectors in pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.diagram.model import Identity
from engine.documents.document_model import Arrow, Matrix, Row
from engine.documents.document_pages import STRIP, RowTooTall, paginate, row_height, stretched

CAPACITY = 150.0
HEIGHTS = st.lists(st.floats(13.0, CAPACITY - 2 * STRIP), min_size=1, max_size=25)


def matrix(count: int, arrows: list[tuple[int, int]]) -> Matrix:
    rows = tuple(Row(f"r{n}", str(n), str(n), "Kegiatan", n % 3, "box") for n in range(count))
    return Matrix("Uji", Identity(), ("A", "B", "C"), rows, tuple(Arrow(*ends) for ends in arrows))


@given(HEIGHTS, st.data())
def test_rows_fit_and_connectors_pair(heights: list[float], data: st.DataObject) -> None:
    index = st.integers(0, len(heights) - 1)
    arrows = data.draw(st.lists(st.tuples(index, index), max_size=15, unique=True))
    drawn = matrix(len(heights), arrows)
    pages = paginate(drawn, heights, CAPACITY)
    assert [row for page in pages for row in page.rows] == list(range(len(heights)))
    for page in pages:
        strips = STRIP * (bool(page.above) + bool(page.below))
        assert sum(heights[row] for row in page.rows) + strips <= CAPACITY + 1e-6
    assert not pages[0].above and not pages[-1].below
    plates = [(number, plate) for number, page in enumerate(pages) for plate in (*page.above, *page.below)]
    for number, plate in plates:
        for place in plate.others:
            partners = [other for where, other in plates if where == place and other.row == plate.row]
            assert any(
                number in other.others and other.letter == plate.letter and other.leaves != plate.leaves
                for other in partners
            )


@given(HEIGHTS)
def test_stretching_never_overflows(heights: list[float]) -> None:
    pages = paginate(matrix(len(heights), []), heights, CAPACITY)
    taller = stretched(heights, pages, CAPACITY)
    assert all(new >= old for new, old in zip(taller, heights, strict=True))
    assert all(sum(taller[row] for row in page.rows) <= CAPACITY + 1e-6 for page in pages)


def test_a_row_that_fits_nowhere_is_named() -> None:
    with pytest.raises(RowTooTall) as refused:
        paginate(matrix(2, []), [20.0, CAPACITY], CAPACITY)
    assert refused.value.index == 1


def test_a_row_has_room_for_its_symbols() -> None:
    plain = Row("r", "1", "1", "Kegiatan", 0, "box")
    both = Row("r", "1", "1", "Kegiatan", 0, "box", starts=True, ends=True)
    assert row_height(plain, 5.0) < row_height(both, 5.0)
    assert row_height(plain, 90.0) == 90.0
