"""Parse once, evaluate often: the expressions that the rest of Alur holds, and the memory of parsed texts.

Owns `Expression` and the boundary at which every failure becomes a `FeelError`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from engine.feel import compile_basic, compile_calls, compile_loops, compile_tests, functions  # noqa: F401  # register
from engine.feel.budget import Account
from engine.feel.code import Code, Frame, compile_node
from engine.feel.environment import Environment
from engine.feel.errors import FeelBudgetError
from engine.feel.free_names import free_names
from engine.feel.nodes import Node
from engine.feel.parser import Parser
from engine.feel.tokens import check_length, is_plain_name
from engine.feel.values import to_feel

_NOTHING: Final = Environment()
_MOST_NAMES: Final = 500
_OPERATORS: Final = frozenset("-+*/'.")
_NAMED_KEYWORDS: Final = (" and ", " in ", " or ", " between ", " of ")


class Expression:
    """A parsed and compiled FEEL text.

    Attributes:
        text: the text as given.
        node: its syntax tree.
        names: the free variables and functions that are not built in.
    """

    __slots__ = ("_code", "_helpful", "names", "node", "text")

    def __init__(self, text: str, node: Node, helpful: frozenset[str] = frozenset()) -> None:
        self.text = text
        self._helpful = helpful
        self.node = node
        self.names = free_names(node)
        self._code: Code = compile_node(node)

    def evaluate(self, context: Mapping[str, object], environment: Environment | None = None) -> Any:
        """The value in a context of Python or FEEL values, as a FEEL value.

        Raises:
            FeelBudgetError: the evaluation takes more than the environment's budget.
            FeelValueError: a variable that the text uses is no FEEL value.
        """
        world = environment or _NOTHING
        variables = {name: to_feel(context[name]) for name in self.names if name in context}
        try:
            return self._code(Frame(variables, None, Account(world.budget), world))
        except RecursionError:
            raise _too_deep(self.text) from None

    def run(self, frame: Frame) -> Any:
        """The value in a frame that the caller has made; for decision logic, which shares one budget among its cells.

        Raises:
            FeelBudgetError: the frame's account is used up.
        """
        return self._code(frame)

    def to_text(self) -> str:
        """The text of its tree in one form: single spaces, no comments, no needless parentheses.

        Parsed with the names that this text was parsed with, it gives the same tree, positions aside.
        """
        from engine.feel.print_tree import to_text  # late: only few programs print trees

        return to_text(self.node, self._helpful)

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def _too_deep(text: str) -> FeelBudgetError:
    return FeelBudgetError(
        "nesting",
        f"Perhitungan FEEL bersarang terlalu dalam: {text[:60]!r}.",
        f"Expected a FEEL evaluation of bounded depth, but it went too deep: {text[:60]!r}.",
    )


def parse(text: str, names: Iterable[str] = ()) -> Expression:
    """The expression that a text is; parsed once and remembered.

    Args:
        text: one FEEL expression.
        names: variables, needed only where their names hold an operator or keyword (`jam-lembur`).

    Raises:
        FeelSyntaxError: the text is no FEEL expression.
        FeelBudgetError: the text is too long or too deep.
    """
    return _parse(text, _helpful(names), unary=False)


def parse_unary_tests(text: str, names: Iterable[str] = ()) -> Expression:
    """The tests of a decision table's cell; evaluated with the input value as `?`, they answer true, false or null.

    Raises:
        FeelSyntaxError: the text is no unary tests.
        FeelBudgetError: the text is too long or too deep.
    """
    return _parse(text, _helpful(names), unary=True)


def _parse(text: str, names: frozenset[str], *, unary: bool) -> Expression:
    check_length(text, _NOTHING.budget)  # before the memory, which must not hold giant texts
    return _remembered(text, names, unary=unary)


@lru_cache(maxsize=2_048)
def _remembered(text: str, names: frozenset[str], *, unary: bool) -> Expression:
    try:
        parser = Parser(text, names)
        return Expression(text, parser.unary_tests() if unary else parser.expression(), names)
    except RecursionError:
        raise _too_deep(text) from None


def _helpful(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if not _is_plain(name))


@lru_cache(maxsize=8_192)
def _is_plain(name: str) -> bool:
    return is_plain_name(name)


def evaluate(
    expression: str | Expression, context: Mapping[str, object], environment: Environment | None = None
) -> Any:
    """The value of an expression in a context, with FEEL's null semantics.

    Args:
        expression: FEEL text (remembered once parsed), or what `parse` gave.
        context: variables by name; Python values are taken as their FEEL counterparts.
        environment: clock, calendar, types and budget.

    Returns:
        A FEEL value: None, bool, str, Decimal, list, dict, a temporal value, a range or a function. `to_json` and
        `to_python` translate it.

    Raises:
        FeelSyntaxError: the text is no FEEL.
        FeelBudgetError: a budget is exceeded.
        FeelValueError: a variable is no FEEL value.
    """
    if isinstance(expression, Expression):
        return expression.evaluate(context, environment)
    check_length(expression, _NOTHING.budget)
    names = _names_of(context) if _ambiguous(expression) else ()
    return _remembered(expression, _helpful(names), unary=False).evaluate(context, environment)


@lru_cache(maxsize=4_096)
def _ambiguous(text: str) -> bool:
    """Whether a name of the context could read otherwise than its words: `a-b`, `tanggal dan jam`."""
    return not _OPERATORS.isdisjoint(text) or any(word in text for word in _NAMED_KEYWORDS)


def _names_of(context: Mapping[str, object]) -> Iterable[str]:
    """Names in the context and in what it holds, as far as it is worth looking."""
    rest: list[object] = [context]
    found: list[str] = []
    while rest and len(found) < _MOST_NAMES:
        value = rest.pop()
        if isinstance(value, Mapping):
            found += [key for key in value if isinstance(key, str)]
            rest += [inner for inner in value.values() if isinstance(inner, Mapping | list)]
        elif isinstance(value, list):
            rest += [inner for inner in value[:1] if isinstance(inner, Mapping | list)]
    return found
