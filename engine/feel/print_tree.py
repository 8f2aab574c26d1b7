"""A syntax tree as FEEL text that parses to the same tree again.

Owns the text of every kind of node, with no parentheses but those that precedence asks for, and those around `if`,
`for`, `some`, `every` and `function` inside an operator, for the reader. Must not change what the text means.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from engine.feel import nodes
from engine.feel.nodes import Node
from engine.feel.printer import quoted
from engine.feel.temporal_text import literal_text
from engine.feel.tokens import KEYWORDS, WORD, is_plain_name, is_readable_key, special_names

_OPEN, _COMPARED, _NEGATED, _INSTANCE, _POSTFIX, _ATOM = 0, 3, 7, 8, 9, 10
_SUM = _COMPARED + 1
_LEVELS: Final = {"or": 1, "and": 2, "+": 4, "-": 4, "*": 5, "/": 5, "**": 6}
_POWERS: Final[dict[type, int]] = {
    **dict.fromkeys((nodes.If, nodes.For, nodes.Quantified, nodes.FunctionDef, nodes.UnaryTests), _OPEN),
    **dict.fromkeys((nodes.Compare, nodes.Between, nodes.In), _COMPARED),
    nodes.Negate: _NEGATED,
    nodes.InstanceOf: _INSTANCE,
    **dict.fromkeys((nodes.Path, nodes.Filter, nodes.Call), _POSTFIX),
}
_END_OF_NAME: Final = "\0"  # stands behind every name until the text is whole; strings have it escaped


def to_text(node: Node, names: Iterable[str] = ()) -> str:
    """The text of a tree.

    Args:
        node: a tree as the parser makes it.
        names: the names with which the text will be parsed. Those that hold an operator or keyword (`jam-lembur`) must
            be given to `parse` again, as they were for the tree's own text.

    Returns:
        FEEL that parses to the same tree, positions aside.
    """
    printer = _Printer()
    printer.text(node)  # the first time through, the printer learns which names are used
    return _separated(printer.text(node), [*names, *printer.used])


def _separated(marked: str, names: list[str]) -> str:
    """The text without the marks; where `date` `and` `time` would be read as one name, a comment keeps them apart."""
    text = marked.replace(_END_OF_NAME, "")
    special = special_names(text, (name for name in names if not is_plain_name(name)))
    parts: list[str] = []
    start = 0
    for part in marked.split(_END_OF_NAME):
        end = start + len(part)
        found = (special.match(text, word.start()) for word in WORD.finditer(text, start, end))
        merges = any(match is not None and match.end() > end for match in found)
        parts.append(f"{part}/**/" if merges else part)
        start = end
    return "".join(parts)


class _Printer:
    """Prints one tree; `used` are the names in it that are no keys of contexts and need help to be read."""

    def __init__(self) -> None:
        self.used: set[str] = set()

    def text(self, node: Node, power: int = _OPEN) -> str:
        """A node where the grammar wants one that binds at least so tight."""
        text = _RULES[type(node)](self, node)
        return f"({text})" if _power(node) < power or isinstance(node, nodes.Test) else text

    def test(self, node: Node) -> str:
        """A node where a test such as `< 10` may stand without parentheses."""
        return self.bare_test(node) if isinstance(node, nodes.Test) else self.text(node)

    def tests(self, parts: tuple[Node, ...]) -> str:
        return ", ".join(map(self.test, parts))

    def word(self, name: str) -> str:
        if not is_plain_name(name) and name not in KEYWORDS:
            self.used.add(name)
        return name + _END_OF_NAME

    def literal(self, node: nodes.Literal) -> str:
        value: Any = node.value
        match value:
            case None:
                return "null"
            case bool():
                return "true" if value else "false"
            case Decimal():
                return str(value)
            case str():
                return _string(value)
        return f'@"{literal_text(value)}"'

    def name(self, node: nodes.Name) -> str:
        return self.word(node.name)

    def path(self, node: nodes.Path) -> str:
        return f"{self.text(node.target, _POSTFIX)}.{self.word(node.name)}"

    def filter(self, node: nodes.Filter) -> str:
        return f"{self.text(node.target, _POSTFIX)}[{self.text(node.condition)}]"

    def call(self, node: nodes.Call) -> str:
        args = [self.text(arg) for arg in node.args]
        if node.names is not None:
            args = [f"{self.word(name)}: {arg}" for name, arg in zip(node.names, args, strict=True)]
        return f"{self.text(node.target, _POSTFIX)}({', '.join(args)})"

    def negate(self, node: nodes.Negate) -> str:
        text = self.text(node.value, _NEGATED)
        return f"-({text})" if text[0].isdigit() else f"-{text}"  # `-5` is a literal

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        tighter = _power(node) + 1
        rest = (f" {op} {self.text(part, tighter)}" for op, part in node.rest)
        return self.text(node.first, tighter) + "".join(rest)

    def compare(self, node: nodes.Compare) -> str:
        left = self.text(node.left, _COMPARED)
        if node.op == "<" and _power(node.left) < _POSTFIX and " instance of " in left:
            left = f"({left})"  # behind a type `<` would begin the types inside it
        return f"{left} {node.op} {self.text(node.right, _SUM)}"

    def between(self, node: nodes.Between) -> str:
        low, high = self.text(node.low, _SUM), self.text(node.high, _SUM)
        return f"{self.text(node.value, _COMPARED)} between {low} and {high}"

    def in_tests(self, node: nodes.In) -> str:
        tests = f"({self.tests(node.tests)})" if len(node.tests) > 1 else self.only_test(node.tests[0])
        return f"{self.text(node.value, _COMPARED)} in {tests}"

    def only_test(self, node: Node) -> str:
        if isinstance(node, nodes.Test):
            return self.bare_test(node)
        text = self.text(node, _SUM)
        return f"({text})" if re.match(r"\([<>=!]", text) else text  # `in (< 5)` ends there

    def logic(self, node: nodes.Logic) -> str:
        return f" {node.op} ".join(self.text(part, _power(node) + 1) for part in node.parts)

    def condition(self, node: nodes.If) -> str:
        return f"if {self.text(node.condition)} then {self.text(node.then)} else {self.text(node.otherwise)}"

    def loop(self, node: nodes.For) -> str:
        return f"for {self.iterators(node.iterators)} return {self.text(node.body)}"

    def quantified(self, node: nodes.Quantified) -> str:
        word = "every" if node.every else "some"
        return f"{word} {self.iterators(node.iterators)} satisfies {self.text(node.condition)}"

    def iterators(self, iterators: tuple[nodes.Iterator, ...]) -> str:
        return ", ".join(map(self.iterator, iterators))

    def iterator(self, iterator: nodes.Iterator) -> str:
        end = "" if iterator.end is None else f"..{self.text(iterator.end, _OPEN + 1)}"
        return f"{self.word(iterator.name)} in {self.text(iterator.source, _OPEN + 1)}{end}"

    def instance_of(self, node: nodes.InstanceOf) -> str:
        return f"{self.text(node.value, _INSTANCE)} instance of {self.type(node.type)}"

    def type(self, node: nodes.TypeNode) -> str:
        args = [self.type(arg) for arg in node.args]
        if node.fields:
            args = [f"{self.word(field)}: {arg}" for field, arg in zip(node.fields, args, strict=True)]
        name = ".".join(map(self.word, node.name.split(".")))
        if not args:
            return name
        if node.name == "function":
            return f"{name}<{', '.join(args[:-1])}>->{args[-1]}"
        return f"{name}<{', '.join(args)}>"

    def function(self, node: nodes.FunctionDef) -> str:
        params = (self.word(name) + (f": {self.type(kind)}" if kind else "") for name, kind in node.params)
        return f"function({', '.join(params)}) {'external ' if node.external else ''}{self.text(node.body)}"

    def list(self, node: nodes.ListNode) -> str:
        return f"[{self.tests(node.items)}]"

    def context(self, node: nodes.ContextNode) -> str:
        return f"{{{', '.join(f'{self.key(key)}: {self.text(value)}' for key, value in node.entries)}}}"

    def key(self, key: str) -> str:
        """A key that is used as a name must stand without quotes to help that name."""
        if is_plain_name(key) or (key in self.used and is_readable_key(key)):
            return key + _END_OF_NAME
        return _string(key)

    def range(self, node: nodes.RangeNode) -> str:
        opening = "[" if node.start_included else "]" if isinstance(node.start, nodes.Test) else "("
        end = self.text(node.end, _SUM)
        if "[" in end and _power(node.end) < _ATOM:
            end = f"({end})"  # `[1..a[0] + 1]` would end at the second bracket
        return f"{opening}{self.text(node.start, _SUM)}..{end}{']' if node.end_included else ')'}"

    def bare_test(self, node: nodes.Test) -> str:
        return f"{node.op} {self.text(node.value, _SUM)}"

    def unary_tests(self, node: nodes.UnaryTests) -> str:
        if not node.tests:
            return "-"
        tests = [self.test(test) for test in node.tests]
        if node.negated:
            return f"not({', '.join(tests)})"
        if re.match(rf"not{_END_OF_NAME}\(", tests[0]):
            tests[0] = f"({tests[0]})"  # `not(…)` would negate the tests
        return ", ".join(tests)


def _power(node: Node) -> int:
    """How tight a node binds, as the parser has it."""
    match node:
        case nodes.Arithmetic():
            return _LEVELS[node.rest[0][0]]
        case nodes.Logic():
            return _LEVELS[node.op]
    return _POWERS.get(type(node), _ATOM)


def _string(text: str) -> str:
    return quoted(text).replace(_END_OF_NAME, "\\u0000")


_RULES: Final[dict[type, Callable[[_Printer, Any], str]]] = {
    nodes.Literal: _Printer.literal,
    nodes.Name: _Printer.name,
    nodes.Path: _Printer.path,
    nodes.Filter: _Printer.filter,
    nodes.Call: _Printer.call,
    nodes.Negate: _Printer.negate,
    nodes.Arithmetic: _Printer.arithmetic,
    nodes.Compare: _Printer.compare,
    nodes.Between: _Printer.between,
    nodes.In: _Printer.in_tests,
    nodes.Logic: _Printer.logic,
    nodes.If: _Printer.condition,
    nodes.For: _Printer.loop,
    nodes.Quantified: _Printer.quantified,
    nodes.InstanceOf: _Printer.instance_of,
    nodes.FunctionDef: _Printer.function,
    nodes.ListNode: _Printer.list,
    nodes.ContextNode: _Printer.context,
    nodes.RangeNode: _Printer.range,
    nodes.Test: _Printer.bare_test,
    nodes.UnaryTests: _Printer.unary_tests,
}
