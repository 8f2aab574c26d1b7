"""Built-in functions: one example of each rule that the TCK's published half does not hold."""

import json
from typing import Any

import pytest

from engine.feel import evaluate, to_json, to_tck
from engine.feel.functions.registry import FUNCTIONS

HALF = chr(0xD800)  # half of a surrogate pair: no character, but JSON can carry it

EXAMPLES: list[tuple[str, Any]] = [
    ('substring("foobar", 3, 10)', "obar"),
    ('substring("foobar", 0)', None),
    ('substring before("foobar", "")', ""),
    ('substring after("foobar", "")', "foobar"),
    ('starts with("foobar", "foo")', True),
    ('ends with("foobar", "bar")', True),
    ('split("a;b;;c", ";")', ["a", "b", "", "c"]),
    ('replace("abc", "", "-")', None),
    ('replace("abc", "(b)", "[$1$2]")', "a[b]c"),
    ('replace("a1b22", "\\d+", "#")', "a#b#"),
    ('matches("é", "\\w")', True),
    ('matches("abc", "[a-c-[b]]{2}")', False),
    ('matches("x", "(?=x)")', None),
    ('matches("ABC", "b", "i")', True),
    ('string join(["a", "b"])', "ab"),
    ("string join([1])", None),
    ("count([])", 0),
    ("sum([1, 2, 3])", 6),
    ("sum([])", None),
    ("min([])", None),
    ('max(["a", "c", "b"])', "c"),
    ('max([1, "a"])', None),
    ("mean([1, 2])", 1.5),
    ("list contains([1, null], null)", True),
    ("sublist([1, 2, 3], -2)", [2, 3]),
    ("sublist([1, 2, 3], 4)", None),
    ("append([1], 2, 3)", [1, 2, 3]),
    ("append([1], [2])", [1, [2]]),
    ("concatenate([1], [2, 3])", [1, 2, 3]),
    ("insert before([1, 3], 2, 2)", [1, 2, 3]),
    ("remove([1, 2, 3], -1)", [1, 2]),
    ("reverse([1, 2])", [2, 1]),
    ("index of([1, 2, 1], 1)", [1, 3]),
    ("union([1, 2], [2, 3])", [1, 2, 3]),
    ("distinct values([1, 1, null, null])", [1, None]),
    ("flatten([1, [2, [3]]])", [1, 2, 3]),
    ("list replace([1, 2], 2, 5)", [1, 5]),
    ("sort([3, 1, 2], function(a, b) a > b)", [3, 2, 1]),
    ("decimal(2.5, 0)", 2),
    ("decimal(1234, -2)", 1200),
    ("round half up(2.5, 0)", 3),
    ("floor(-1.5)", -2),
    ("modulo(-12, 5)", 3),
    ("odd(3)", True),
    ("even(2.5)", False),
    ('number("1 000,5", " ", ",")', 1000.5),
    ('number("abc")', None),
    ('date("2026-02-29")', None),
    ('date(date and time("2026-11-21T10:00:00"))', "2026-11-21"),
    ('time(7, 30, 0, duration("PT7H"))', "07:30:00+07:00"),
    ('time(date("2026-01-01"))', "00:00:00Z"),
    ("date and time(2026, 11, 21, 7, 30, 0)", "2026-11-21T07:30:00"),
    ('date and time(2026, 11, 21, 7, 30, 0, "Asia/Jakarta")', "2026-11-21T07:30:00@Asia/Jakarta"),
    ('duration("P1Y1D")', None),
    ('years and months duration(date("2026-03-31"), date("2026-02-28"))', "-P1M"),
    ('day of year(date("2024-12-31"))', 366),
    ('day of week(date("2026-11-21"))', "Saturday"),
    ('week of year(date("2027-01-03"))', 53),
    ('get value({a: {b: 1}}, ["a", "b"])', 1),
    ("context merge([{a: 1}, {b: 2}])", {"a": 1, "b": 2}),
    ('context put({a: {b: 1}}, ["a", "c"], 2)', {"a": {"b": 1, "c": 2}}),
    ("before(1, [2..3])", True),
    ("before([1..2], [2..3])", False),
    ("before([1..2[, [2..3])", True),
    ("after(4, [2..3])", True),
    ("meets([1..2], [2..3])", True),
    ("met by([2..3], [1..2])", True),
    ("overlaps([1..3], [2..4])", True),
    ("overlaps before([1..3], [2..4])", True),
    ("overlaps after([2..4], [1..3])", True),
    ("finishes(3, [1..3])", True),
    ("finished by([1..3], [2..3])", True),
    ("includes([1..9], 5)", True),
    ("during([2..3], [1..9])", True),
    ("starts(1, [1..3])", True),
    ("started by([1..3], 1)", True),
    ("coincides([1..3], [1..3])", True),
    ('before(1, "a")', None),
    ("is(1, 1.0)", True),
    ('is(@"10:00:00Z", @"10:00:00+00:00")', True),
    ("[1..3].start included", True),
    ('duration("-P1DT2H").hours', -2),
    ('date("2026-11-21").weekday', 6),
    ('upper case(["a"])', "A"),
    ("not(1)", None),
    ("0 ** -1", None),
    ("9**9**9 * 10**6000 * 10**6000", None),
    ("now()", None),
    ("all([])", True),
    ("any([false, null])", None),
    ("stddev(1)", None),
    ('range("[1..3)").end included', False),
]


@pytest.mark.parametrize(("text", "expected"), EXAMPLES)
def test_example(text: str, expected: Any) -> None:
    assert to_json(evaluate(text, {})) == expected


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_wrong_arguments_give_a_value_and_never_an_exception(name: str) -> None:
    wrong = [
        "null",
        "true",
        '"x"',
        "1",
        "[]",
        "{}",
        "[1..2]",
        '@"P1D"',
        '@"P1M"',
        '@"10:00:00"',
        "function(a) a",
        "1e6000",
    ]
    for text in wrong:
        for arguments in ("", text, f"{text}, {text}", f"{text}, {text}, {text}", f"foo: {text}"):
            assert json.dumps(to_tck(evaluate(f"{name}({arguments})", {})), allow_nan=False)


@pytest.mark.parametrize("text", ["matches(x, x)", "replace(x, x, x)", "split(x, x)", "string length(x)"])
def test_half_a_surrogate_pair_is_no_crash(text: str) -> None:
    evaluate(text, {"x": f"a{HALF}b"})
    assert evaluate('"\\ud800"', {}) == "\ufffd"
