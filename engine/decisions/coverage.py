"""Gaps and overlaps of a decision table, found by trying the values at which its cells can change their answer.

Owns the choice of those values and the search. For each column the literals of its cells cut the line of values into
pieces; one value of each piece stands for all of it, and values that the same rules accept are tried once. Must not
judge: `validate.py` does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from engine.decisions.model import TableLogic
from engine.decisions.table import cell
from engine.feel import Environment, FeelError, parse_unary_tests
from engine.feel.budget import Account, Budget
from engine.feel.code import Frame, children, compile_node
from engine.feel.compare import comparable
from engine.feel.free_names import free_names
from engine.feel.nodes import Call, Literal, Node
from engine.feel.numbers import DECIMAL128
from engine.feel.temporal import Date, DateTime, DayTime, Time, YearMonth, date_of_ordinal, instant, moment_of
from engine.feel.values import kind_of

_MOST_TRIES: Final = 20_000
_MOST_FOUND: Final = 10
_OTHER_TEXT: Final = "(lainnya)"
_ENOUGH: Final = Budget(steps=1_000_000)


@dataclass(frozen=True, slots=True)
class Hole:
    """An example for which no rule matches, or several do (`rules`, their numbers)."""

    example: tuple[tuple[str, Any], ...]
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found; `complete` is false when the table was too large to try everything."""

    gaps: tuple[Hole, ...]
    overlaps: tuple[Hole, ...]
    complete: bool


def cover(table: TableLogic, names: Iterable[str], allowed: Iterable[str] = ()) -> Coverage:
    """The gaps and overlaps of a table.

    Args:
        table: the table.
        names: variables the cells may use; a cell that depends on one accepts nothing here.
        allowed: per column the unary tests its values pass (from the model's types), "" where there are none.

    Raises:
        FeelError: a cell is no FEEL.
    """
    frame = Frame({}, None, Account(_ENOUGH), Environment())
    limits = [own.allowed or given for own, given in zip(table.inputs, [*allowed, *[""] * 999], strict=False)]
    columns = [_column(table, index, limit, tuple(names), frame) for index, limit in enumerate(limits)]
    search = _Search(table, columns)
    search.walk(0, (1 << len(table.rules)) - 1, ())
    return Coverage(tuple(search.gaps), tuple(search.overlaps), search.left > 0)


def _column(table: TableLogic, index: int, limit: str, names: tuple[str, ...], frame: Frame) -> list[tuple[Any, int]]:
    """One value per set of rules (as bits) that accept it, and one for each stretch that no rule accepts."""
    tests = [cell(rule.inputs[index] if index < len(rule.inputs) else "", names) for rule in table.rules]
    limits = parse_unary_tests(limit, names) if limit else None
    found: list[tuple[Any, int]] = []
    seen: set[int] = set()
    last = None
    nodes = [test.node for test in tests] + ([limits.node] if limits else [])
    for value in _candidates(nodes, table.inputs[index].type, bool(limit), frame):
        inner = frame.inner({"?": value})
        if limits is None or limits.run(inner) is True:
            bits = sum(1 << at for at, test in enumerate(tests) if test.run(inner) is True)
            if bits not in seen or (bits == 0 and last != 0):
                found.append((value, bits))
            seen.add(bits)
            last = bits
    return found


def _candidates(nodes: list[Node], kind: str, limited: bool, frame: Frame) -> list[Any]:
    constants = [value for node in nodes for value in _constants(node, frame)]
    kinds = {kind_of(value) for value in constants} - {"null"}
    if "boolean" in kinds or kind == "boolean":
        return [True, False]
    values: list[Any] = []
    for one in sorted(kinds):
        values += _spread([value for value in constants if kind_of(value) == one], limited)
    return values or [_OTHER_TEXT]


def _constants(node: Node, frame: Frame) -> Iterator[Any]:
    """The values of the literals, and of calls on literals such as `date("2026-01-01")`, within a test."""
    if isinstance(node, Literal) or (isinstance(node, Call) and not free_names(node)):
        try:
            value = compile_node(node)(frame)
        except FeelError:
            value = None
        if comparable(value) is not None or isinstance(value, bool):
            yield value
            return
    for child in children(node):
        yield from _constants(child, frame)


def _spread(values: list[Any], limited: bool) -> list[Any]:
    """The values themselves, one between each two neighbours, one before the first and one after the last."""
    distinct = {comparable(value): value for value in values}
    if isinstance(values[0], str):
        return [*distinct.values(), *([] if limited else [_OTHER_TEXT])]
    keys = sorted(distinct)
    one = DECIMAL128.create_decimal(1) if isinstance(keys[0], Decimal) else _unit(values[0])
    spread = [_at(values[0], keys[0] - one)]
    for low, high in zip(keys, [*keys[1:], None], strict=True):
        spread.append(distinct[low])
        if high is not None:
            middle = (
                DECIMAL128.divide(DECIMAL128.add(low, high), Decimal(2))
                if isinstance(low, Decimal)
                else (low + high) // 2
            )
            if middle not in distinct:
                spread.append(_at(values[0], middle))
    spread.append(_at(values[0], keys[-1] + one))
    return [value for value in spread if value is not None]


def _unit(value: Any) -> int:
    """The step beyond the last value: a day, a month, a second."""
    return 1 if isinstance(value, Date | YearMonth) else 1_000_000_000


def _at(like: Any, key: Any) -> Any:
    """The value of the same kind as `like` at a place on its line."""
    match like:
        case Date():
            return date_of_ordinal(key)
        case DateTime():
            return moment_of(key, like.time.offset, like.time.zone) if instant(like) else None
        case Time():
            return Time(key % 86_400_000_000_000, like.offset, like.zone)
        case DayTime():
            return DayTime(key)
        case YearMonth():
            return YearMonth(key)
    return key


class _Search:
    """Walks the columns from left to right, keeping the rules that still accept."""

    def __init__(self, table: TableLogic, columns: list[list[tuple[Any, int]]]) -> None:
        self._table = table
        self._columns = columns
        self.left = _MOST_TRIES
        self.gaps: list[Hole] = []
        self.overlaps: list[Hole] = []
        self._seen: set[int] = set()

    def walk(self, column: int, bits: int, example: tuple[tuple[str, Any], ...]) -> None:
        self.left -= 1
        if self.left <= 0:
            return
        if column == len(self._columns) or (bits == 0 and column > 0):
            rest = [(clause.label, values[0][0]) for clause, values in self._open(column)]
            self._found(bits, (*example, *rest))
            return
        for value, accepted in self._columns[column]:
            self.walk(column + 1, bits & accepted, (*example, (self._table.inputs[column].label, value)))

    def _open(self, column: int) -> Iterator[tuple[Any, list[tuple[Any, int]]]]:
        pairs = zip(self._table.inputs[column:], self._columns[column:], strict=True)
        return ((clause, values) for clause, values in pairs if values)

    def _found(self, bits: int, example: tuple[tuple[str, Any], ...]) -> None:
        numbers = tuple(rule.number for at, rule in enumerate(self._table.rules) if bits >> at & 1)
        if not numbers and len(self.gaps) < _MOST_FOUND:
            self.gaps.append(Hole(example, ()))
        if len(numbers) > 1 and bits not in self._seen and len(self.overlaps) < _MOST_FOUND:
            self._seen.add(bits)
            self.overlaps.append(Hole(example, numbers))
