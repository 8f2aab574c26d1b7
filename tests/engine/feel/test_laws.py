"""Rules that hold for all values: three-valued logic, decimals, calendar arithmetic, and text that parses back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import evaluate, parse, to_json
from engine.feel.printer import text_of_value
from engine.feel.temporal import Date, add_months, date_of_ordinal

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
THREE = st.sampled_from([True, False, None])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9)
DATES = st.dates(date(1, 1, 1), date(9998, 12, 31))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=10) | DATES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(min_size=1, max_size=6), inner, max_size=4),
    max_leaves=12,
)


@UNHURRIED
@given(THREE, THREE, THREE)
def test_logic_has_three_values(a: bool | None, b: bool | None, c: bool | None) -> None:
    context = {"a": a, "b": b, "c": c}
    expected = False if False in (a, b) else None if None in (a, b) else True
    assert evaluate("a and b", context) is expected
    assert evaluate("not(a and b)", context) is evaluate("not(a) or not(b)", context)
    assert evaluate("a and (b or c)", context) is evaluate("(a and b) or (a and c)", context)


@UNHURRIED
@given(NUMBERS, NUMBERS)
def test_decimals_are_exact(a: Decimal, b: Decimal) -> None:
    assert evaluate("a + b", {"a": a, "b": b}) == a + b
    assert evaluate("a - b + b = a", {"a": a, "b": b}) is True
    assert evaluate("a < b", {"a": a, "b": b}) is (a < b)
    assert evaluate("(a < b) or (a = b) or (a > b)", {"a": a, "b": b}) is True


def test_a_tenth_is_a_tenth() -> None:
    assert evaluate("0.1 + 0.2 = 0.3", {}) is True
    assert str(evaluate("1 / 3", {})) == "0." + "3" * 34


@UNHURRIED
@given(DATES, st.integers(-5000, 5000))
def test_days_are_added_as_the_calendar_has_them(day: date, days: int) -> None:
    try:
        expected = day + timedelta(days=days)
    except OverflowError:
        return
    context = {"d": day, "n": days}
    assert to_json(evaluate('d + duration("P1D") * n', context)) == expected.isoformat()
    assert evaluate('(d + duration("P1D") * n) - d = duration("P1D") * n', context) is True


@UNHURRIED
@given(st.integers(-(10**8), 10**8))
def test_every_ordinal_is_one_day(ordinal: int) -> None:
    day = date_of_ordinal(ordinal)
    assert day is not None
    assert day.ordinal == ordinal


@UNHURRIED
@given(DATES, st.integers(-2000, 2000))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    there = add_months(Date(day.year, day.month, day.day), months)
    assert there is not None
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or there.day >= 28


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('date("2026-01-31") + duration("P1M")', "2026-02-28"),
        ('date("2024-02-29") - duration("P1Y")', "2023-02-28"),
        ('date and time("2026-03-29T01:30:00@Europe/Berlin") + duration("PT1H")', "2026-03-29T03:30:00@Europe/Berlin"),
        ('time("23:30:00") + duration("PT1H")', "00:30:00"),
        ('date("2026-11-21") - date("2026-11-01")', "P20D"),
    ],
)
def test_calendar_corners(text: str, expected: str) -> None:
    assert to_json(evaluate(text, {})) == expected


@UNHURRIED
@given(VALUES)
def test_the_text_of_a_value_is_that_value(value: object) -> None:
    feel = evaluate("x", {"x": value})
    text = text_of_value([feel])
    assert evaluate(f"{text} = [x]", {"x": value}) is True or feel == evaluate(text, {})[0]


@UNHURRIED
@given(VALUES, VALUES)
def test_equality_is_symmetric(left: object, right: object) -> None:
    assert evaluate("a = b", {"a": left, "b": right}) is evaluate("b = a", {"a": left, "b": right})


@UNHURRIED
@given(st.text(max_size=60))
def test_no_text_gives_another_error(text: str) -> None:
    from engine.feel import FeelError

    try:
        evaluate(text, {"a": 1, "b": [1, 2], "c": {"d": "x"}})
    except FeelError as error:
        assert error.message_id
        assert error.message_en


WORDS = st.sampled_from(
    [
        *["a", "b", "c", "1", "2.5", '"x"', "-1", "[1..3]", '@"2026-01-01"', "null", "true", "item", "partial", "?"],
        *["+", "-", "*", "/", "**", "=", "<", ">", "<=", "in", "between", "and", "or", "not(", "..", ".", ":", ","],
        *["(", ")", "[", "]", "{", "}", "if", "then", "else", "for", "return", "some", "every", "satisfies"],
        *["function(", "instance of", "number", "date(", "count(", "sum("],
    ]
)


@UNHURRIED
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_no_sequence_of_words_gives_another_error(text: str) -> None:
    test_no_text_gives_another_error.hypothesis.inner_test(text)  # type: ignore[attr-defined]


def test_a_text_is_parsed_within_the_bound() -> None:
    assert parse("a" + " + a" * 1900).names == {"a"}
