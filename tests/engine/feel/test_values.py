"""Values in and out: Python, JSON, the notation of the TCK, and the text of values."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelBudgetError, FeelValueError, evaluate, from_tck, to_feel, to_json, to_tck

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@UNHURRIED
@given(PLAIN)
def test_plain_json_comes_back_as_it_went_in(value: object) -> None:
    assert to_json(to_feel(value)) == value


@UNHURRIED
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_numbers_keep_every_digit(number: Decimal) -> None:
    assert from_tck(to_tck(to_feel(number))) == number
    assert evaluate("x + 1 - 1 = x", {"x": number}) is True


@UNHURRIED
@given(st.datetimes(timezones=st.sampled_from([UTC, ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Jayapura")])))
def test_moments_keep_their_instant(moment: datetime) -> None:
    assert evaluate("x = y", {"x": moment, "y": moment.astimezone(UTC) if 1 < moment.year < 9999 else moment}) is True


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 11, 21, 7, 30, tzinfo=UTC), "2026-11-21T07:30:00Z"),
        (date(2026, 11, 21), "2026-11-21"),
        (time(7, 30), "07:30:00"),
        (timedelta(days=1, hours=2), "P1DT2H"),
        (Decimal("0.1"), 0.1),
        (Decimal("3.0"), 3),
        (Decimal("1E+400"), "1E+400"),
        (0.1, 0.1),
    ],
)
def test_json_of_python_values(value: object, text: object) -> None:
    assert to_json(to_feel(value)) == text


@pytest.mark.parametrize("value", [object(), float("nan"), float("inf"), {1: 2}, b"x", {"a": [set()]}, print])
def test_what_is_no_feel_value_is_refused(value: object) -> None:
    with pytest.raises(FeelValueError):
        evaluate("x", {"x": value})


def test_a_number_beyond_decimal128_is_refused() -> None:
    with pytest.raises(FeelValueError):
        evaluate("x", {"x": 10**7000})


def test_values_without_end_are_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(FeelValueError):
        to_feel(endless)
    shared = evaluate("for i in 1..40 return if i = 1 then [1] else [partial[-1], partial[-1]]", {})
    with pytest.raises(FeelBudgetError):
        to_json(shared)


def test_variables_that_the_text_does_not_use_are_not_looked_at() -> None:
    assert to_json(evaluate("a + 1", {"a": 1, "b": object()})) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("string(1.50)", "1.5"),
        ('string([1, "a", null])', '[1, "a", null]'),
        ('string({a: "x", "b c": 1, "{": 2})', '{a: "x", b c: 1, "{": 2}'),
        ('string(@"P1Y2M")', "P1Y2M"),
        ('string(@"-PT0.5S")', "-PT0.5S"),
        ("string([1..3))", "[1..3)"),
        ("string((< 5))", "(< 5)"),
        ("string(null)", None),
    ],
)
def test_text_of_values(text: str, expected: str | None) -> None:
    assert evaluate(text, {}) == expected


@pytest.mark.parametrize("bad", [{"$date": "2026-13-01"}, {"$num": "x"}, {"$duration": "P"}])
def test_tck_notation_that_is_no_value_is_refused(bad: dict[str, str]) -> None:
    with pytest.raises(FeelValueError):
        from_tck(bad)


def test_the_results_so_far_are_a_value_of_their_own() -> None:
    assert to_json(evaluate("for i in 1..3 return partial", {})) == [[], [[]], [[], [[]]]]


def test_values_too_deep_are_refused() -> None:
    deep = evaluate("for i in 1..300 return if i = 1 then [1] else [partial[-1]]", {})
    with pytest.raises(FeelBudgetError):
        to_json(deep)
    with pytest.raises(FeelBudgetError):
        evaluate("string(for i in 1..900 return if i = 1 then [1] else [partial[-1]])", {})
