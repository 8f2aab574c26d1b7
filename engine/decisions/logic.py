"""Boxed logic compiled to closures over FEEL frames.

Owns contexts, invocations, functions, lists, relations and the boxed conditional, filter and loops; tables are
`table.py`.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Final

from engine.decisions.model import (
    BoxLogic,
    ContextLogic,
    FunctionLogic,
    InvocationLogic,
    ListLogic,
    LiteralLogic,
    Logic,
    RelationLogic,
    TableLogic,
)
from engine.decisions.table import compile_table
from engine.feel import parse
from engine.feel.code import Code, Frame, combine
from engine.feel.compile_calls import call
from engine.feel.compile_loops import so_far
from engine.feel.cursor import Cursor
from engine.feel.nodes import TypeNode
from engine.feel.values import Function

_PRICE: Final = 10  # steps of one call or round of boxed logic, besides its body


def type_of(name: str) -> TypeNode | None:
    """The type that a `typeRef` names, None for none.

    Raises:
        FeelError: the text is no type.
    """
    if name in ("", "Any"):
        return None
    return Cursor(name).type_node() if "<" in name else TypeNode(name)


def compile_logic(logic: Logic | None, names: frozenset[str]) -> Code:
    """The closure of a box. `names` are those its FEEL texts may use.

    Raises:
        FeelError: a text is no FEEL.
    """
    match logic:
        case None:
            return lambda _frame: None
        case LiteralLogic():
            return parse(logic.text, names).run if logic.text else lambda _frame: None
        case TableLogic():
            return compile_table(logic, names)
        case ContextLogic():
            return _context(logic, names)
        case InvocationLogic():
            return _invocation(logic, names)
        case FunctionLogic():
            return partial(make_function, logic, compile_body(logic, names))
        case ListLogic():
            return _list([compile_logic(item, names) for item in logic.items])
        case RelationLogic():
            return _relation(logic, names)
        case BoxLogic():
            return _box(logic, names)


def compile_body(logic: FunctionLogic, names: frozenset[str]) -> Code:
    """The closure of a function's body; a foreign function (Java, PMML) is never run and gives null."""
    if logic.kind not in ("FEEL", "F"):
        return lambda _frame: None
    return compile_logic(logic.body, names | {name for name, _ in logic.params})


def make_function(logic: FunctionLogic, body: Code, frame: Frame) -> Function:
    """The FEEL function of a boxed one, closed over `frame`."""
    names = tuple(name for name, _ in logic.params)
    return Function(names, tuple(type_of(kind) for _, kind in logic.params), body, frame, _PRICE)


def _context(logic: ContextLogic, names: frozenset[str]) -> Code:
    known = names | {name for name, _ in logic.entries}
    entries = [(name, compile_logic(entry, known)) for name, entry in logic.entries]

    def run(frame: Frame) -> Any:
        values: dict[str, Any] = {}
        inner = frame.inner(values)
        for name, code in entries:
            value = code(inner)
            if not name:
                return value
            values[name] = value
        return values

    return run


def _invocation(logic: InvocationLogic, names: frozenset[str]) -> Code:
    function = parse(logic.function, names)
    bindings = [compile_logic(binding, names) for _, binding in logic.bindings]
    params = tuple(name for name, _ in logic.bindings)
    return lambda frame: call(function.run(frame), [binding(frame) for binding in bindings], params or None, frame)


def _list(items: list[Code]) -> Code:
    return lambda frame: [item(frame) for item in items]


def _relation(logic: RelationLogic, names: frozenset[str]) -> Code:
    rows = [[compile_logic(item, names) for item in row] for row in logic.rows]
    columns = logic.columns
    return lambda frame: [{column: item(frame) for column, item in zip(columns, row, strict=False)} for row in rows]


def _box(logic: BoxLogic, names: frozenset[str]) -> Code:
    known = names | {logic.iterator, "item", "partial"} - {""}
    parts = {role: compile_logic(part, known) for role, part in logic.parts.items()}
    return partial(_BOXES[logic.kind], parts, logic.iterator)


Parts = dict[str, Code]


def _nothing(_frame: Frame) -> None:
    return None


def _conditional(parts: Parts, _name: str, frame: Frame) -> Any:
    chosen = "then" if parts.get("if", _nothing)(frame) is True else "else"
    return parts.get(chosen, _nothing)(frame)


def _items(parts: Parts, frame: Frame) -> list[Any] | None:
    value = parts.get("in", _nothing)(frame)
    if value is None:
        return None
    items = value if isinstance(value, list) else [value]
    frame.account.charge(_PRICE * len(items))
    return items


def _filter(parts: Parts, _name: str, frame: Frame) -> Any:
    kept = []
    for item in _items(parts, frame) or []:
        inner = frame.inner({"item": item})
        answer = parts.get("match", _nothing)(inner.inner(item) if isinstance(item, dict) else inner)
        if isinstance(answer, Decimal):
            return None
        if answer is True:
            kept.append(item)
    return kept


def _for(parts: Parts, name: str, frame: Frame) -> Any:
    items = _items(parts, frame)
    if items is None:
        return None
    done: list[Any] = []
    for item in items:
        done.append(parts.get("return", _nothing)(so_far(frame.inner({name: item}), done)))
    return done


def _some(parts: Parts, name: str, frame: Frame) -> bool | None:
    items = _items(parts, frame)
    if items is None:
        return None
    return combine(parts.get("satisfies", _nothing)(frame.inner({name: item})) for item in items)


def _every(parts: Parts, name: str, frame: Frame) -> bool | None:
    items = _items(parts, frame)
    if items is None:
        return None
    answers = [parts.get("satisfies", _nothing)(frame.inner({name: item})) for item in items]
    failed = combine(iter([None if not isinstance(answer, bool) else not answer for answer in answers]))
    return None if failed is None else not failed


_BOXES: Final[dict[str, Callable[[Parts, str, Frame], Any]]] = {
    "conditional": _conditional,
    "filter": _filter,
    "for": _for,
    "some": _some,
    "every": _every,
}
