"""Trees as text: what is printed parses to the same tree, positions aside, and means the same."""

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import FeelError, FeelSyntaxError, evaluate, from_tck, nodes, parse, parse_unary_tests
from engine.feel.evaluate import _names_of
from engine.feel.parser import Parser
from engine.feel.print_tree import to_text
from engine.feel.temporal_text import parse_temporal

CASES = Path(__file__).parents[4] / "shared" / "feel" / "tck-literal-cases.json"
UNHURRIED = settings(deadline=None, max_examples=300)  # a busy machine is no failure
SPECIAL = ["jam-lembur", "masuk in order", "a - b", "date and time", "x/y"]
NAMES = st.sampled_from(["a", "b", "x", "item", "nama pemohon", "lantai 2", "date", "time", "not", "x date", *SPECIAL])
TEMPORAL = st.sampled_from(
    [
        *["2026-11-21", "-2026-01-31", "12345-01-01", "07:30:00.5+07:00", "07:30:00Z"],
        *["2026-11-21T24:00:00@Asia/Jakarta", "P1Y2M", "-P3M", "PT0S", "P1DT2H3M4.5S", "-PT0.000000001S"],
        *["PT99999999999999H", "P999999999999DT25H0.5S", "P9999999999Y99999999999M"],
    ]
)


def shape(part: object) -> object:
    """A tree without its positions, so that two can be compared; numbers with their zeros."""
    if isinstance(part, nodes.Tree):
        fields = [field for field in part.fields_of_node if field != "pos"]
        return (type(part).__name__, *(shape(getattr(part, field)) for field in fields))
    if isinstance(part, tuple):
        return tuple(map(shape, part))
    return type(part).__name__, str(part)


def literal(value: object) -> nodes.Literal:
    return nodes.Literal(value, 0)


LITERALS = st.one_of(
    st.none() | st.booleans() | st.text(max_size=8) | st.text('"\\nu0041\0\n{:,', max_size=8),
    st.decimals(allow_nan=False, allow_infinity=False).filter(lambda n: len(n.as_tuple().digits) < 35).map(abs),
    st.integers(-99, 99).map(Decimal),
    TEMPORAL.map(parse_temporal),
).map(literal)
TYPES = st.recursive(
    st.sampled_from(["number", "date and time", "tanggal.mulai", "null", "Any"]).map(nodes.TypeNode),
    lambda inner: st.one_of(
        st.builds(lambda name, arg: nodes.TypeNode(name, (arg,)), st.sampled_from(["list", "range"]), inner),
        st.lists(inner, min_size=1, max_size=3).map(lambda args: nodes.TypeNode("function", tuple(args))),
        st.lists(st.tuples(NAMES, inner), min_size=1, max_size=2).map(
            lambda pairs: nodes.TypeNode("context", tuple(t for _, t in pairs), tuple(n for n, _ in pairs))
        ),
    ),
    max_leaves=3,
)
Nodes = st.SearchStrategy[Any]


def several(of: Nodes, least: int = 0) -> Nodes:
    return st.lists(of, min_size=least, max_size=3).map(tuple)


def chains(part: Nodes) -> Nodes:
    """Operators of one level each."""
    levels = st.sampled_from(["+-", "*/", ["**"]])
    rest = levels.flatmap(lambda ops: several(st.tuples(st.sampled_from(ops), part), 1))
    logic = st.builds(nodes.Logic, st.sampled_from(["and", "or"]), several(part, 2), st.just(0))
    return st.builds(nodes.Arithmetic, part, rest, st.just(0)) | logic


def calls(part: Nodes) -> Nodes:
    named = st.lists(st.tuples(NAMES, part), min_size=1, max_size=2)
    return st.builds(nodes.Call, part, several(part), st.none(), st.just(0)) | st.builds(
        lambda target, pairs: nodes.Call(target, tuple(a for _, a in pairs), tuple(n for n, _ in pairs), 0), part, named
    )


def larger(part: Nodes) -> Nodes:
    """Every kind of node around smaller ones."""
    at = st.just(0)
    ops = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    iterators = several(st.builds(nodes.Iterator, NAMES, part, st.none() | part), 1)
    keys = NAMES | st.text(max_size=4) | st.sampled_from(["in", "a 2b", "a 'b", "\ufeffa"])
    context = st.builds(nodes.ContextNode, several(st.tuples(keys, part)), at)
    return st.one_of(
        chains(part) | calls(part) | context,
        st.builds(nodes.Path, part, NAMES | st.just("in"), at) | st.builds(nodes.Filter, part, part, at),
        part.filter(lambda node: not positive(node)).map(lambda node: nodes.Negate(node, 0))
        | st.integers(0, 9).map(lambda n: nodes.Negate(literal(Decimal(n)), 0)),
        st.builds(nodes.Compare, ops, part, part, at) | st.builds(nodes.Between, part, part, part, at),
        st.builds(nodes.In, part, several(part, 1), at) | st.builds(nodes.Test, ops, part, at),
        st.builds(nodes.If, part, part, part, at) | st.builds(nodes.For, iterators, part, at),
        st.builds(nodes.Quantified, st.booleans(), iterators, part, at),
        st.builds(nodes.InstanceOf, part, TYPES, at),
        st.builds(nodes.FunctionDef, several(st.tuples(NAMES, st.none() | TYPES)), part, st.just(False), at),
        st.builds(nodes.FunctionDef, several(st.tuples(NAMES, st.none())), context, st.just(True), at),
        st.builds(nodes.ListNode, several(part), at),
        st.builds(nodes.RangeNode, part, part, st.booleans(), st.booleans(), at),
    )


def positive(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Literal) and isinstance(node.value, Decimal)


TREES = st.recursive(LITERALS | NAMES.map(lambda name: nodes.Name(name, 0)), larger, max_leaves=10)


@UNHURRIED
@given(TREES)
def test_a_printed_tree_parses_to_itself(tree: nodes.Node) -> None:
    text = to_text(tree, SPECIAL)
    assert shape(Parser(text, SPECIAL).expression()) == shape(tree), text


@UNHURRIED
@given(st.builds(nodes.UnaryTests, several(TREES, 1), st.booleans(), st.just(0)))
def test_printed_unary_tests_parse_to_themselves(tree: nodes.UnaryTests) -> None:
    text = to_text(tree, SPECIAL)
    assert shape(Parser(text, SPECIAL).unary_tests()) == shape(tree), text


WORDS = st.sampled_from(
    [
        *["a", "b-c", "date", "1", "2.5", '"x"', "-1", "[1..3]", "](< 1)..2[", '@"P1D"', "null", "true", "?", "+", "-"],
        *["*", "/", "**", "=", "<", ">", "in", "between", "and", "or", "not(", "..", ".", ":", ",", "(", ")", "[", "]"],
        *["{", "}", "if", "then", "else", "for", "return", "some", "every", "satisfies", "function(", "instance of"],
    ]
)


@pytest.mark.parametrize("read", [parse, parse_unary_tests])
@settings(deadline=None, max_examples=500)
@given(words=st.lists(WORDS, max_size=9))
def test_what_a_text_means_is_kept(read: Callable[..., Any], words: list[str]) -> None:
    try:
        expression = read(" ".join(words))
    except FeelError:
        return
    printed = expression.to_text()
    assert shape(read(printed).node) == shape(expression.node), printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("((1) + (2 * 3))", "1 + 2 * 3"),
        ("(1 + 2) * 3", "(1 + 2) * 3"),
        ("1 - (2 - 3) - 4", "1 - (2 - 3) - 4"),
        ("(a and b) or c", "a and b or c"),
        ("-(5)", "-(5)"),
        ("(-x) ** 2", "-x ** 2"),
        ("(a = b) = c", "a = b = c"),
        ("a = (b = c)", "a = (b = c)"),
        ("(date) and time", "date/**/ and time"),
        ("x between (1 + 2) and (3)", "x between 1 + 2 and 3"),
        ("x in (< 5)", "x in < 5"),
        ("x in (1..5)", "x in (1..5)"),
        ("]1..5[", "(1..5)"),
        ("[1..(a[0] + 1)]", "[1..(a[0] + 1)]"),
        ("{jam-lembur: 2, x: jam-lembur}", "{jam-lembur: 2, x: jam-lembur}"),
        ('{"jam-lembur": 2, x: jam-lembur}', '{"jam-lembur": 2, x: jam - lembur}'),
        ("(if a then 1 else 2) + 3", "(if a then 1 else 2) + 3"),
        ("(a instance of list) < 5", "(a instance of list) < 5"),
        ('"a\\tb\\"" // akhir', '"a\\tb\\""'),
        ('@"P0Y14M"', '@"P1Y2M"'),
        ("nama   pemohon . umur", "nama pemohon.umur"),
    ],
)
def test_only_the_parentheses_that_are_needed(text: str, expected: str) -> None:
    expression = parse(text)
    assert expression.to_text() == expected
    assert shape(parse(expected).node) == shape(expression.node)


def test_names_that_were_given_are_read_again() -> None:
    expression = parse("(a) - b + jam-lembur", ["jam-lembur", "a - b"])
    assert expression.to_text() == "a/**/ - b + jam-lembur"


@pytest.mark.parametrize(
    ("text", "expected"), [("5 between 1 + 1 and 4 + 5", True), ("5 in < 4 + 5", True), ("5 in (> 4 + 5, 5)", True)]
)
def test_bounds_may_be_sums(text: str, expected: bool) -> None:
    assert evaluate(text, {}) is expected
    assert parse_unary_tests("< 4 + 5").evaluate({"?": 5}) is True


@pytest.mark.skipif(not CASES.exists(), reason="the TCK cases lie outside the repository")
def test_the_cases_of_the_tck_are_kept() -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    kept = sum(map(is_kept, cases))
    assert kept > 0.9 * len(cases)


def is_kept(case: dict[str, Any]) -> bool:
    """Whether the case is FEEL; fails where its printed text is another tree or has another value."""
    context = from_tck(case["inp"])
    names = list(_names_of(context))
    try:
        expression = parse(case["expr"], names)
    except FeelSyntaxError:
        return False
    printed = parse(expression.to_text(), names)
    assert shape(printed.node) == shape(expression.node), case["expr"]
    assert repr(value_of(printed, context)) == repr(value_of(expression, context)), case["expr"]
    return True


def value_of(expression: Any, context: dict[str, object]) -> object:
    try:
        return evaluate(expression, context)
    except FeelError as error:
        return error.message_id
