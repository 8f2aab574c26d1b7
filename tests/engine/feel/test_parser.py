"""The grammar: precedence, names with spaces, intervals, and errors that say where."""

from typing import Any

import pytest

from engine.feel import FeelBudgetError, FeelSyntaxError, evaluate, parse, parse_unary_tests, to_json


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3 ** 2", 19),
        ("-3 ** 2", 9),
        ("2 ** 3 ** 2", 64),
        ("10 - 3 - 2", 5),
        ("1 + 2 = 3 and not(false)", True),
        ('if 1 < 2 then "a" else "b"', "a"),
        ("5 in [1..10[", True),
        ("10 in [1..10[", False),
        ("1 in ]1..10]", False),
        ("[1..3[ = [1..3)", True),
        ("for i in 3..1 return i", [3, 2, 1]),
        ("{a: 1, b: a + 1}.b", 2),
        ("{jam-lembur: 2, x: jam-lembur * 3}.x", 6),
        ("[1, 2, 3][-1]", 3),
        ("1 + /* dua */ 2 // tiga", 3),
        ("(function(a, b) a - b)(b: 1, a: 5)", 4),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", True),
        ("1.5e3", 1500),
        ('"\\u00e9\\n"', "é\n"),
    ],
)
def test_meaning(text: str, expected: Any) -> None:
    assert to_json(evaluate(text, {"x": [1, 2, 3]})) == expected


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Nama Pemohon", {"Nama Pemohon": "Ani"}, "Ani"),
        ("sisa cuti  tahunan - 2", {"sisa cuti tahunan": 12}, 10),
        ("jam-lembur * 2", {"jam-lembur": 3}, 6),
        ("jam-lembur * 2", {"jam": 10, "lembur": 3}, 4),
        ("masuk in order = 1", {"masuk in order": 1}, True),
        ("pegawai.jam-lembur", {"pegawai": {"jam-lembur": 3}}, 3),
        ("🐎 + 1", {"🐎": 1}, 2),
        ("lantai 2 + 1", {"lantai 2": 5}, 6),
        ('date and time("2026-01-01T00:00:00").year', {}, 2026),
    ],
)
def test_names_are_read_with_their_spaces(text: str, context: dict[str, object], expected: Any) -> None:
    assert to_json(evaluate(text, context)) == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("", 1, 1),
        ("1 +", 1, 4),
        ("a and\n  * b", 2, 3),
        ("(1", 1, 3),
        ("x = 'a'", 1, 5),
        ("[1, 2", 1, 6),
        ('"terbuka', 1, 1),
        ("if a then b", 1, 12),
        ("{a 1}", 1, 2),
        ("x.", 1, 3),
        ("1 1", 1, 3),
    ],
)
def test_syntax_errors_say_where(text: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse(text)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert caught.value.message_id.startswith("Seharusnya ada ")
    assert caught.value.message_en.startswith("Expected ")
    assert caught.value.expected


def test_free_names_are_those_from_outside() -> None:
    expression = parse("for i in daftar return {a: i + pajak, f: function(n) n * b}.a + count(partial)")
    assert expression.names == {"daftar", "pajak", "b"}
    assert parse("pegawai[umur > batas].nama").names == {"pegawai", "umur", "batas"}


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("-", 5, True),
        ("< 10", 5, True),
        ("[1..3], > 7", 8, True),
        ("not(1, 2)", 2, False),
        ("not(1, 2)", 3, True),
        ("? > 3 and ? < 5", 4, True),
        ('"a", "b"', "b", True),
        ("[1, 2]", 2, True),
        ("null", None, True),
        ("< 10", None, None),
        ("true", True, True),
        ("batas", 7, True),
        ("not(true) and false", False, True),
        ('contains(?, "x")', "axb", True),
    ],
)
def test_unary_tests(text: str, value: object, expected: bool | None) -> None:
    assert parse_unary_tests(text).evaluate({"?": value, "batas": 7}) is expected


def test_a_parsed_text_is_remembered() -> None:
    assert parse("ingat + 1") is parse("ingat + 1")


@pytest.mark.parametrize("text", ["(" * 100 + "1" + ")" * 100, "-" * 500 + "1", "not(" * 70, "1" + " = 1" * 70])
def test_nesting_is_bounded(text: str) -> None:
    with pytest.raises(FeelBudgetError) as caught:
        parse(text)
    assert caught.value.limit == "nesting"
