"""The parser's place in the tokens, and the grammar of types, which needs nothing of expressions.

Owns looking ahead, expecting symbols, and the sentences of syntax errors.
"""

from collections.abc import Iterable

from engine.feel.budget import Budget
from engine.feel.errors import FeelBudgetError, FeelSyntaxError
from engine.feel.nodes import TypeNode
from engine.feel.tokens import Token, position, tokenize


class Cursor:
    """Walks the tokens of one text; `depth` counts how deep the grammar is nested at this place."""

    def __init__(self, text: str, names: Iterable[str] = (), budget: Budget | None = None) -> None:
        self.budget = budget or Budget()
        self.text = text
        self.tokens = tokenize(text, names, self.budget)
        self.at = 0
        self.depth = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token here, or some tokens ahead; the last one is of kind `end`."""
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def skip(self, symbol: str) -> bool:
        """Walks past a symbol or keyword if it stands here."""
        token = self.tokens[self.at]
        if token.text == symbol and token.kind in ("op", "keyword"):
            self.at += 1
            return True
        return False

    def expect(self, symbol: str) -> Token:
        """Walks past a symbol or keyword that must stand here."""
        token = self.peek()
        if not self.skip(symbol):
            raise self.unexpected(token, symbol)
        return token

    def unexpected(self, token: Token, *expected: str) -> FeelSyntaxError:
        """The error for a token that should have been something else."""
        found = repr(self.text[token.start : token.end][:40]) if token.kind != "end" else "the end of the text"
        return FeelSyntaxError(expected, found, *position(self.text, token.start))

    def end(self) -> None:
        """Refuses anything that follows.

        Raises:
            FeelSyntaxError: there is more.
        """
        token = self.peek()
        if token.kind != "end":
            raise self.unexpected(token, "an operator", "the end of the text")

    def name(self) -> Token:
        """Walks past a name that must stand here."""
        token = self.peek()
        if token.kind not in ("name", "special"):
            raise self.unexpected(token, "a name")
        self.at += 1
        return token

    def too_deep(self, token: Token) -> FeelBudgetError:
        """The error for nesting without end."""
        limit = self.budget.nesting
        return FeelBudgetError(
            "nesting",
            f"Ekspresi FEEL bersarang lebih dari {limit} tingkat.",
            f"Expected at most {limit} levels of nesting in FEEL, but there are more.",
            *position(self.text, token.start),
        )

    def type_node(self) -> TypeNode:
        """A type, as after `instance of`."""
        token = self.peek()
        if token.kind not in ("name", "special") and token.text not in ("function", "null"):
            raise self.unexpected(token, "a type")
        self.at += 1
        name = token.text
        while self.peek().text == "." and self.peek(1).kind == "name":
            name += f".{self.peek(1).text}"
            self.at += 2
        if not self.skip("<"):
            return TypeNode(name)
        return self._type_arguments(name)

    def _type_arguments(self, name: str) -> TypeNode:
        self.depth += 1
        if self.depth > self.budget.nesting:
            raise self.too_deep(self.peek())
        args: list[TypeNode] = []
        fields: list[str] = []
        while not self.skip(">"):
            if args:
                self.expect(",")
            if name == "context":
                fields.append(self.name().text)
                self.expect(":")
            args.append(self.type_node())
        if name == "function" and self.skip("->"):
            args.append(self.type_node())
        self.depth -= 1
        return TypeNode(name, tuple(args), tuple(fields))
