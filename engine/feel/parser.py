"""FEEL tokens to a syntax tree, by operator precedence.

Owns the grammar of expressions and unary tests of DMN 1.5. Must not evaluate anything. Nesting is bounded, and chains
(`a + b + c`, `a and b and c`) become one node, so that no text makes the tree deeper than the budget says.
"""

from decimal import Decimal, InvalidOperation, Overflow

from engine.feel import nodes
from engine.feel.cursor import Cursor
from engine.feel.errors import FeelSyntaxError
from engine.feel.nodes import Node, TypeNode
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal_text import parse_temporal
from engine.feel.tokens import Token, position

_COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_POWERS = {"or": 1, "and": 2, "between": 3, "in": 3, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6, "instance": 8}
_POWERS |= dict.fromkeys(_COMPARISONS, 3)
_POWERS |= dict.fromkeys((".", "[", "("), 9)
_NEGATION = 7
_ENDS_INTERVAL = frozenset({")", "]", "["})
_CONSTANTS = {"true": True, "false": False, "null": None}


class Parser(Cursor):
    """Reads one text. `expression()` and `unary_tests()` are the two ways in; each reads to the end."""

    def expression(self) -> Node:
        """The tree of the whole text as one expression."""
        node = self._parse(0)
        self.end()
        return node

    def unary_tests(self) -> nodes.UnaryTests:
        """The tree of the whole text as the tests of a decision table's cell."""
        first = self.peek()
        if first.text == "-" and self.peek(1).kind == "end":
            return nodes.UnaryTests((), negated=False, pos=first.start)
        if first.text == "not" and first.kind == "name" and self.peek(1).text == "(":
            negated = self._negated_tests(first)
            if negated is not None:
                return negated
        tests = self._tests()
        self.end()
        return nodes.UnaryTests(tests, negated=False, pos=first.start)

    def _negated_tests(self, first: Token) -> nodes.UnaryTests | None:
        self.at = 2
        tests = self._tests()
        if self.peek().text == ")" and self.peek(1).kind == "end":
            return nodes.UnaryTests(tests, negated=True, pos=first.start)
        self.at = 0
        return None

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._test(0)]
        while self.skip(","):
            tests.append(self._test(0))
        return tuple(tests)

    def _test(self, power: int) -> Node:
        token = self.peek()
        if token.kind == "op" and token.text in _COMPARISONS:
            self.at += 1
            return nodes.Test(token.text, self._parse(3), token.start)
        return self._parse(power)

    # operators

    def _parse(self, power: int) -> Node:
        self.depth += 1
        if self.depth > self.budget.nesting:
            raise self.too_deep(self.peek())
        node = self._climb(self._prefix(), power)
        self.depth -= 1
        return node

    def _climb(self, node: Node, power: int) -> Node:
        chain = 0
        while True:
            token = self.tokens[self.at]
            strength = _POWERS.get(token.text, 0) if token.kind in ("op", "keyword") else 0
            if strength <= power or (token.text == "[" and self._closes_interval):
                return node
            chain += 1
            if chain > self.budget.nesting:
                raise self.too_deep(token)
            node = self._infix(node, token, strength)

    def _infix(self, left: Node, token: Token, strength: int) -> Node:
        if strength == 9:
            return self._postfix(left, token)
        if strength in (4, 5, 6):
            return nodes.Arithmetic(left, tuple(self._chain(strength)), left.pos)
        if strength in (1, 2):
            parts = (left, *(part for _, part in self._chain(strength)))
            return nodes.Logic(token.text, parts, left.pos)
        self.at += 1
        if token.text == "between":
            low = self._parse(3)
            self.expect("and")
            return nodes.Between(left, low, self._parse(3), left.pos)
        if token.text == "in":
            return nodes.In(left, self._in_tests(), left.pos)
        if token.text == "instance":
            self.expect("of")
            return nodes.InstanceOf(left, self.type_node(), left.pos)
        return nodes.Compare(token.text, left, self._parse(3), left.pos)

    def _chain(self, strength: int) -> list[tuple[str, Node]]:
        rest: list[tuple[str, Node]] = []
        while True:
            token = self.peek()
            if token.kind not in ("op", "keyword") or _POWERS.get(token.text) != strength:
                return rest
            self.at += 1
            rest.append((token.text, self._parse(strength)))

    def _in_tests(self) -> tuple[Node, ...]:
        token = self.peek()
        if not self.skip("("):
            return (self._test(3),)
        tests = [self._test(0)]
        if not isinstance(tests[0], nodes.Test) and self.skip(".."):
            return (self._climb(self._interval_end(tests[0], included=False, pos=token.start), 3),)
        while self.skip(","):
            tests.append(self._test(0))
        self.expect(")")
        if len(tests) == 1 and not isinstance(tests[0], nodes.Test):
            return (self._climb(tests[0], 3),)
        return tuple(tests)

    def _postfix(self, left: Node, token: Token) -> Node:
        self.at += 1
        if token.text == ".":
            name = self.peek()
            if name.kind not in ("name", "special", "keyword"):
                raise self.unexpected(name, "a name")
            self.at += 1
            return nodes.Path(left, name.text, token.start)
        outer, self._interval = self._interval, False
        node = self._call(left, token) if token.text == "(" else self._filter(left, token)
        self._interval = outer
        return node

    def _filter(self, left: Node, token: Token) -> Node:
        condition = self._parse(0)
        self.expect("]")
        return nodes.Filter(left, condition, token.start)

    def _call(self, left: Node, token: Token) -> Node:
        args: list[Node] = []
        names: list[str] = []
        while self.peek().text != ")" or self.peek().kind != "op":
            if args:
                self.expect(",")
            if self.peek(1).text == ":" and self.peek(1).kind == "op":
                names.append(self.name().text)
                self.expect(":")
            args.append(self._parse(0))
        if names and len(names) != len(args):
            raise self.unexpected(self.peek(), "a parameter name")
        self.at += 1
        return nodes.Call(left, tuple(args), tuple(names) if names else None, token.start)

    # the right end of `[1..n[` looks like a filter `n[`

    _interval = False

    @property
    def _closes_interval(self) -> bool:
        if not self._interval:
            return False
        depth = 0
        for index in range(self.at, len(self.tokens)):
            token = self.tokens[index]
            if token.kind == "op" and token.text in "[]":
                depth += 1 if token.text == "[" else -1
                if depth == 0:
                    following = self.tokens[index + 1]
                    return following.kind != "op" or following.text not in _ENDS_INTERVAL
        return True

    def _interval_end(self, start: Node, included: bool, pos: int) -> Node:
        outer, self._interval = self._interval, True
        end = self._parse(3)
        self._interval = outer
        token = self.peek()
        if token.kind != "op" or token.text not in _ENDS_INTERVAL:
            raise self.unexpected(token, "]", ")", "[")
        self.at += 1
        return nodes.RangeNode(start, end, included, token.text == "]", pos)

    # beginnings

    def _prefix(self) -> Node:
        token = self.peek()
        self.at += 1
        match token.kind:
            case "number":
                return nodes.Literal(self._number(token.text, token), token.start)
            case "string":
                return nodes.Literal(token.text, token.start)
            case "name" | "special":
                return nodes.Name(token.text, token.start)
            case "keyword":
                return self._keyword(token)
            case "op":
                return self._symbol(token)
        self.at -= 1
        raise self.unexpected(token, "an expression")

    def _number(self, text: str, token: Token) -> Decimal:
        try:
            return DECIMAL128.create_decimal(text)
        except (InvalidOperation, Overflow):
            raise FeelSyntaxError(
                ("a number of at most 34 digits",), text[:40], *position(self.text, token.start)
            ) from None

    def _keyword(self, token: Token) -> Node:
        match token.text:
            case "true" | "false" | "null":
                return nodes.Literal(_CONSTANTS[token.text], token.start)
            case "if":
                condition = self._parse(0)
                self.expect("then")
                then = self._parse(0)
                self.expect("else")
                return nodes.If(condition, then, self._parse(0), token.start)
            case "for":
                iterators = self._iterators()
                self.expect("return")
                return nodes.For(iterators, self._parse(0), token.start)
            case "some" | "every":
                iterators = self._iterators()
                self.expect("satisfies")
                return nodes.Quantified(token.text == "every", iterators, self._parse(0), token.start)
            case "function":
                return self._function(token)
        self.at -= 1
        raise self.unexpected(token, "an expression")

    def _iterators(self) -> tuple[nodes.Iterator, ...]:
        iterators: list[nodes.Iterator] = []
        while not iterators or self.skip(","):
            name = self.name().text
            self.expect("in")
            source = self._parse(0)
            end = self._parse(0) if self.skip("..") else None
            iterators.append(nodes.Iterator(name, source, end))
        return tuple(iterators)

    def _function(self, token: Token) -> Node:
        self.expect("(")
        params: list[tuple[str, TypeNode | None]] = []
        while not self.skip(")"):
            if params:
                self.expect(",")
            name = self.name().text
            params.append((name, self.type_node() if self.skip(":") else None))
        external = self.peek().text == "external" and self.peek(1).text == "{"
        if external:
            self.at += 1
        return nodes.FunctionDef(tuple(params), self._parse(0), external, token.start)

    def _symbol(self, token: Token) -> Node:
        outer, self._interval = self._interval, token.text == "-" and self._interval
        node = self._symbol_of(token)
        self._interval = outer
        return node

    def _symbol_of(self, token: Token) -> Node:
        match token.text:
            case "-":
                following = self.peek()
                if following.kind == "number":
                    self.at += 1
                    return nodes.Literal(DECIMAL128.minus(self._number(following.text, following)), token.start)
                return nodes.Negate(self._parse(_NEGATION), token.start)
            case "?":
                return nodes.Name("?", token.start)
            case "@":
                return self._at_literal(token)
            case "(":
                return self._parenthesis(token)
            case "[":
                return self._bracket(token)
            case "]":
                start = self._parse(3)
                self.expect("..")
                return self._interval_end(start, included=False, pos=token.start)
            case "{":
                return self._context(token)
        self.at -= 1
        raise self.unexpected(token, "an expression")

    def _at_literal(self, token: Token) -> Node:
        text = self.peek()
        if text.kind != "string":
            raise self.unexpected(text, "a string")
        self.at += 1
        return nodes.Literal(parse_temporal(text.text), token.start)

    def _parenthesis(self, token: Token) -> Node:
        node = self._test(0)
        if not isinstance(node, nodes.Test) and self.skip(".."):
            return self._interval_end(node, included=False, pos=token.start)
        self.expect(")")
        return node

    def _bracket(self, token: Token) -> Node:
        items: list[Node] = []
        while not self.skip("]"):
            if items:
                self.expect(",")
            items.append(self._test(0))
            if len(items) == 1 and self.skip(".."):
                return self._interval_end(items[0], included=True, pos=token.start)
        return nodes.ListNode(tuple(items), token.start)

    def _context(self, token: Token) -> Node:
        entries: list[tuple[str, Node]] = []
        while not self.skip("}"):
            if entries:
                self.expect(",")
            key = self._key()
            self.expect(":")
            entries.append((key, self._parse(0)))
        return nodes.ContextNode(tuple(entries), token.start)

    def _key(self) -> str:
        first = self.peek()
        if first.kind in ("name", "special", "string", "keyword") and self.peek(1).text == ":":
            self.at += 1
            return first.text
        raise self.unexpected(first, "a key", "}")
