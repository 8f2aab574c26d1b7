"""Script tasks: lines of `name = expression`, run in order by whoever holds the variables.

Owns the cutting of a script into statements. An expression may go on over several lines inside brackets; `//` begins a
comment. Must not run anything.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from engine.feel.errors import FeelBudgetError, FeelError, FeelSyntaxError
from engine.feel.evaluate import Expression, parse

_MOST_STATEMENTS: Final = 500
_LONGEST: Final = 100_000
_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/|[\[({\])}\n]', re.DOTALL)
_ASSIGNMENT: Final = re.compile(r"\s*([^\W\d][\w ']*?)\s*=(?!=)\s*", re.UNICODE)


def parse_script(text: str, names: Iterable[str] = ()) -> list[tuple[str, Expression]]:
    """The statements of a script, in order, each a variable's name and the expression it gets.

    Args:
        text: the script.
        names: variables whose names hold an operator or keyword.

    Raises:
        FeelSyntaxError: a line that is no `name = expression`, with its line and column in the script.
        FeelBudgetError: the script is too long, or an expression is too large.
    """
    if len(text) > _LONGEST:
        raise FeelBudgetError(
            "text",
            f"Skrip panjangnya {len(text)} karakter; paling panjang {_LONGEST}.",
            f"Expected at most {_LONGEST} characters of script, but got {len(text)}.",
        )
    known = list(names)
    statements: list[tuple[str, Expression]] = []
    for line, statement in _statements(text):
        if len(statements) == _MOST_STATEMENTS:
            raise FeelBudgetError(
                "statements",
                f"Skrip memuat lebih dari {_MOST_STATEMENTS} baris perintah.",
                f"Expected at most {_MOST_STATEMENTS} statements in a script, but there are more.",
                line,
                1,
            )
        statements.append(_statement(line, statement, known))
    return statements


def _statement(line: int, statement: str, names: list[str]) -> tuple[str, Expression]:
    match = _ASSIGNMENT.match(statement)
    if match is None:
        raise FeelSyntaxError(("name = expression",), repr(statement.strip()[:40]), line, 1)
    skipped = statement[: match.end()]
    try:
        expression = parse(statement[match.end() :].rstrip(), names)
    except FeelError as error:
        error.move(line - 1 + skipped.count("\n"), len(skipped) - skipped.rfind("\n") - 1)
        raise
    return " ".join(match[1].split()), expression


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each statement with the line (from 1) on which it begins."""
    depth = start = 0
    line = first = 1
    for match in _PIECE.finditer(text):
        piece = match.group()
        if piece in "[({":
            depth += 1
        elif piece in "])}":
            depth = max(depth - 1, 0)
        if piece == "\n" and depth == 0:
            if _says_something(text[start : match.start()]):
                yield first, text[start : match.start()]
            start, first = match.end(), line + 1
        line += piece.count("\n")
    if _says_something(text[start:]):
        yield first, text[start:]


_COMMENT: Final = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)


def _says_something(statement: str) -> bool:
    return bool(_COMMENT.sub("", statement).strip()) if "/" in statement else bool(statement.strip())
