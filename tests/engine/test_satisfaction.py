"""The arithmetic of the SKM: weights, rounding, the regulation's intervals, and no mean of a few."""

from decimal import Decimal

import pytest

from engine.errors import InvalidInput
from engine.satisfaction import ELEMENTS, FEWEST, check_answers, grade, score


@pytest.mark.parametrize(
    ("index", "expected"),
    [("100.00", "A"), ("88.31", "A"), ("88.30", "B"), ("76.61", "B"), ("76.60", "C"), ("65.00", "C"), ("64.99", "D"),
     ("25.00", "D")],
)  # fmt: skip
def test_grades_begin_where_the_regulation_says(index: str, expected: str) -> None:
    assert grade(Decimal(index)) == expected


def test_the_index_is_the_mean_of_nine_means_times_25() -> None:
    found = score(4, [16, 12, 12, 12, 12, 12, 12, 12, 8])  # means 4, seven times 3, 2
    assert (found.index, found.grade) == (75.0, "C")
    assert found.means is not None
    assert (found.means["u1"], found.means["u9"]) == (4.0, 2.0)
    assert score(3, [10] * 9).index == 83.33
    assert (score(5, [5] * 9).index, score(5, [20] * 9).index) == (25.0, 100.0)


def test_too_few_answers_are_counted_and_not_summed_up() -> None:
    few = score(FEWEST - 1, [8] * 9)
    assert (few.n, few.index, few.grade, few.means) == (FEWEST - 1, None, None, None)
    assert score(FEWEST, [12] * 9).index == 100.0


@pytest.mark.parametrize("wrong", [0, 5, 2.0, True, "3", None])
def test_only_whole_numbers_from_1_to_4_are_answers(wrong: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_answers({**dict.fromkeys(ELEMENTS, 3), "u5": wrong})
    assert [one["field"] for one in refused.value.errors] == ["u5"]


def test_missing_and_unknown_elements_are_named() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_answers({**dict.fromkeys(list(ELEMENTS)[1:], 3), "u10": 3})
    assert [one["field"] for one in refused.value.errors] == ["u1", "u10"]
