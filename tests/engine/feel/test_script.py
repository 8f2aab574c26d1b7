"""Scripts of `name = expression` lines."""

import pytest

from engine.feel import FeelBudgetError, FeelSyntaxError, evaluate, parse_script, to_json

SCRIPT = """
// biaya
tarif = 1500   // per lembar
jumlah lembar = count([
    "a",
    "b"
])

total = tarif * jumlah lembar
sama = total = 3000
"""


def test_statements_run_in_order() -> None:
    variables: dict[str, object] = {}
    for name, expression in parse_script(SCRIPT):
        variables[name] = to_json(evaluate(expression, variables))
    assert variables == {"tarif": 1500, "jumlah lembar": 2, "total": 3000, "sama": True}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 1\nb == 2", 2, 1),
        ("a = 1\n\nb = (1 +\n  * 2)", 4, 3),
        ("a = 1\nb = 2 +", 2, 8),
        ("hanya teks", 1, 1),
    ],
)
def test_errors_name_the_line_of_the_script(text: str, line: int, column: int) -> None:
    with pytest.raises(FeelSyntaxError) as caught:
        parse_script(text)
    assert (caught.value.line, caught.value.column) == (line, column)


def test_a_script_is_bounded() -> None:
    with pytest.raises(FeelBudgetError):
        parse_script("a = 1\n" * 501)
    with pytest.raises(FeelBudgetError):
        parse_script("//" + "x" * 200_000)


def test_an_empty_script_does_nothing() -> None:
    assert parse_script("\n // nihil\n/* juga\nnihil */\n") == []
