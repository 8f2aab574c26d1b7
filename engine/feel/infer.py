"""The type of a FEEL expression as far as the text tells, and the operations that can only be null.

Owns inference. It never guesses: what is not certain is `Any`, and nothing is said against `Any`.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from engine.feel import nodes
from engine.feel.code import BUILT_INS, children
from engine.feel.functions.registry import FUNCTIONS, Overload
from engine.feel.nodes import Node
from engine.feel.properties import PROPERTIES
from engine.feel.values import kind_of

ANY: Final = "Any"
_NUMBER_LIKE: Final = frozenset({"number", "days and time duration", "years and months duration"})
_ORDERED: Final = _NUMBER_LIKE | {"string", "date", "time", "date and time"}
_DT, _YM = "days and time duration", "years and months duration"
_POINTS: Final = ("date", "time", "date and time")
_SUMS: Final = {
    ("number", "number"): "number",
    ("string", "string"): "string",
    (_DT, _DT): _DT,
    (_YM, _YM): _YM,
    **{(point, _DT): point for point in _POINTS},
    **{(point, _YM): point for point in ("date", "date and time")},
}
_RESULTS: Final[dict[str, dict[tuple[str, str], str]]] = {
    "+": _SUMS | {(right, left): result for (left, right), result in _SUMS.items()},
    "-": {pair: result for pair, result in _SUMS.items() if pair != ("string", "string")}
    | {(a, b): _DT for a in ("date", "date and time") for b in ("date", "date and time")}
    | {("time", "time"): _DT},
    "*": {("number", "number"): "number"}
    | {pair: kind for kind in (_DT, _YM) for pair in ((kind, "number"), ("number", kind))},
    "/": {("number", "number"): "number", (_DT, _DT): "number", (_YM, _YM): "number"}
    | {(kind, "number"): kind for kind in (_DT, _YM)},
    "**": {("number", "number"): "number"},
}


class Clash(NamedTuple):
    """An operation that can only be null, and where."""

    message_id: str
    message_en: str
    pos: int


def infer(node: Node, types: Mapping[str, str]) -> tuple[str, list[Clash]]:
    """The type of a tree, given the types of variables, and its clashes in the order of the text."""
    inference = _Inference(dict(types))
    return inference.type_of(node), inference.clashes


class _Inference:
    """Walks one tree."""

    def __init__(self, types: dict[str, str]) -> None:
        self._types = types
        self.clashes: list[Clash] = []

    def type_of(self, node: Node) -> str:
        rule = _RULES.get(type(node))
        if rule is not None:
            return rule(self, node)
        for child in children(node):
            self.type_of(child)
        return _FIXED.get(type(node), ANY)

    def clash(self, pos: int, message_id: str, message_en: str) -> str:
        self.clashes.append(Clash(message_id, message_en, pos))
        return ANY

    def literal(self, node: nodes.Literal) -> str:
        return kind_of(node.value)

    def name(self, node: nodes.Name) -> str:
        return self._types.get(node.name, "function" if node.name in BUILT_INS else ANY)

    def hidden(self, names: tuple[str, ...], parts: list[Node]) -> None:
        """Walks parts in which these names mean something else than outside."""
        outer = dict(self._types)
        for name in names:
            self._types[name] = ANY
        for part in parts:
            self.type_of(part)
        self._types = outer

    def path(self, node: nodes.Path) -> str:
        kind = self.type_of(node.target)
        known = {kind_name: PROPERTIES[cls] for cls, kind_name in _PROPERTY_KINDS.items()}
        if kind in ("number", "string", "boolean", "function") or (kind in known and node.name not in known[kind]):
            return self.clash(
                node.pos,
                f"Nilai bertipe {kind} tidak punya properti {node.name!r}.",
                f"Expected a property of {kind}, but {node.name!r} is none.",
            )
        return ANY

    def negate(self, node: nodes.Negate) -> str:
        kind = self.type_of(node.value)
        if kind == ANY or kind in _NUMBER_LIKE:
            return kind
        return self.clash(
            node.pos, f"Tanda minus tidak berlaku untuk {kind}.", f"Expected a number or duration, but got {kind}."
        )

    def arithmetic(self, node: nodes.Arithmetic) -> str:
        kind = self.type_of(node.first)
        for op, part in node.rest:
            right = self.type_of(part)
            if ANY in (kind, right):
                kind = ANY
                continue
            result = _RESULTS[op].get((kind, right))
            kind = result or self.clash(
                part.pos,
                f"Operator {op} tidak berlaku antara {kind} dan {right}.",
                f"Expected operands that {op} takes, but got {kind} and {right}.",
            )
        return kind

    def compare(self, node: nodes.Compare) -> str:
        self._comparable(node.op, self.type_of(node.left), self.type_of(node.right), node.right.pos)
        return "boolean"

    def between(self, node: nodes.Between) -> str:
        kind = self.type_of(node.value)
        for end in (node.low, node.high):
            self._comparable("<=", kind, self.type_of(end), end.pos)
        return "boolean"

    def _comparable(self, op: str, left: str, right: str, pos: int) -> None:
        if ANY in (left, right) or (op in ("=", "!=") and "null" in (left, right)):
            return
        if left != right or (op not in ("=", "!=") and left not in _ORDERED):
            self.clash(
                pos,
                f"{left} dan {right} tidak dapat dibandingkan dengan {op}.",
                f"Expected two values that {op} compares, but got {left} and {right}.",
            )

    def logic(self, node: nodes.Logic) -> str:
        for part in node.parts:
            self._boolean(part)
        return "boolean"

    def condition(self, node: nodes.If) -> str:
        self._boolean(node.condition)
        then, otherwise = self.type_of(node.then), self.type_of(node.otherwise)
        if then == otherwise or otherwise == "null":
            return then
        return otherwise if then == "null" else ANY

    def _boolean(self, node: Node) -> None:
        kind = self.type_of(node)
        if kind not in ("boolean", "null", ANY):
            self.clash(
                node.pos,
                f"Di sini harus ada true atau false, tetapi yang ada {kind}.",
                f"Expected true or false here, but got {kind}.",
            )

    def loop(self, node: nodes.For | nodes.Quantified) -> str:
        for iterator in node.iterators:
            self.type_of(iterator.source)
        inner = node.body if isinstance(node, nodes.For) else node.condition
        self.hidden((*(iterator.name for iterator in node.iterators), "partial"), [inner])
        return "list" if isinstance(node, nodes.For) else "boolean"

    def filter(self, node: nodes.Filter) -> str:
        self.type_of(node.target)
        self.hidden((*self._types, "item"), [node.condition])
        return ANY

    def function(self, node: nodes.FunctionDef) -> str:
        if node.external:
            self.clash(
                node.pos,
                "Fungsi external (Java, PMML) tidak dijalankan. Tulis fungsinya dalam FEEL.",
                "Expected a function in FEEL, but this one is external and never run.",
            )
        else:
            self.hidden(tuple(name for name, _ in node.params), [node.body])
        return "function"

    def context(self, node: nodes.ContextNode) -> str:
        outer = dict(self._types)
        for key, value in node.entries:
            self._types[key] = self.type_of(value)
        self._types = outer
        return "context"

    def instance_of(self, node: nodes.InstanceOf) -> str:
        self.type_of(node.value)
        return "boolean"

    def call(self, node: nodes.Call) -> str:
        kinds = [self.type_of(arg) for arg in node.args]
        if not isinstance(node.target, nodes.Name) or node.target.name in self._types:
            return ANY
        overloads = FUNCTIONS.get(node.target.name)
        if overloads is None:
            return ANY
        fitting = [overload for overload in overloads if _fits(overload, kinds, node.names)]
        if not fitting:
            forms = " | ".join(_form(overload) for overload in overloads)
            return self.clash(
                node.target.pos,
                f"Pemanggilan {node.target.name} tidak cocok: seharusnya ({forms}).",
                f"Expected {node.target.name}({forms}), but the arguments do not fit.",
            )
        results = {overload.result for overload in fitting}
        return results.pop() if len(results) == 1 else ANY


def _form(overload: Overload) -> str:
    return ", ".join(f"{parameter.name}: {parameter.type}" for parameter in overload.parameters)


def _fits(overload: Overload, kinds: list[str], names: tuple[str, ...] | None) -> bool:
    parameters = overload.parameters
    if names is not None:
        by_name = {parameter.name: parameter for parameter in parameters}
        required = {parameter.name for parameter in parameters if not parameter.optional}
        if not required <= set(names) <= set(by_name):
            return False
        pairs = [(by_name[name].type, kind) for name, kind in zip(names, kinds, strict=True)]
    elif overload.variadic and len(kinds) >= len(parameters):
        return True
    elif overload.required <= len(kinds) <= len(parameters):
        pairs = [(parameter.type, kind) for parameter, kind in zip(parameters, kinds, strict=False)]
    else:
        return False
    return all(_may_be(kind, wanted) for wanted, kind in pairs)


def _may_be(kind: str, wanted: str) -> bool:
    if kind in (ANY, "null", "list") or wanted in (ANY, "list", kind):
        return True
    if wanted == "day":
        return kind in ("date", "date and time")
    if wanted == "point":
        return kind in _ORDERED
    return wanted == "duration" and kind in (_DT, _YM)


_PROPERTY_KINDS: Final = dict(zip(PROPERTIES, ("date", "time", "date and time", _YM, _DT, "range"), strict=True))
_FIXED: Final[dict[type, str]] = {
    nodes.In: "boolean",
    nodes.ListNode: "list",
    nodes.RangeNode: "range",
    nodes.Test: "range",
    nodes.UnaryTests: "boolean",
}
_RULES: Final[dict[type, Callable[[_Inference, Any], str]]] = {
    nodes.Literal: _Inference.literal,
    nodes.Name: _Inference.name,
    nodes.Path: _Inference.path,
    nodes.Negate: _Inference.negate,
    nodes.Arithmetic: _Inference.arithmetic,
    nodes.Compare: _Inference.compare,
    nodes.Between: _Inference.between,
    nodes.Logic: _Inference.logic,
    nodes.If: _Inference.condition,
    nodes.For: _Inference.loop,
    nodes.Quantified: _Inference.loop,
    nodes.Filter: _Inference.filter,
    nodes.FunctionDef: _Inference.function,
    nodes.ContextNode: _Inference.context,
    nodes.InstanceOf: _Inference.instance_of,
    nodes.Call: _Inference.call,
}
