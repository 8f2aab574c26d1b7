"""What auditors ask of a request's data, such as `nama = Budi`: read from text, asked of variables (pure)."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.errors import InvalidInput

MOST_CONDITIONS = 5
_SIGN = re.compile(r"!=|<=|>=|=|~|<|>")
_ORDERS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_WORDS = {True: "ya", False: "tidak"}


@dataclass(frozen=True, slots=True)
class DataCondition:
    """One wish: the variable's name (`pemohon.nama` reaches inside), a sign (= != ~ < <= > >=) and the value."""

    name: str
    sign: str
    value: str

    def __str__(self) -> str:
        return f"{self.name} {self.sign} {self.value}"


def parse_conditions(text: str) -> tuple[DataCondition, ...]:
    """The conditions in a text, parted by semicolons or lines; all of them must hold.

    Raises:
        InvalidInput: a part is no condition, or there are more than `MOST_CONDITIONS`.
    """
    parts = [part for part in re.split(r"[;\n]", text) if part.strip()]
    if len(parts) > MOST_CONDITIONS:
        raise _refused(
            f"Expected at most {MOST_CONDITIONS} conditions on data, but got {len(parts)}.",
            f"Paling banyak {MOST_CONDITIONS} syarat data sekaligus.",
        )
    return tuple(_condition(part.strip()) for part in parts)


def _condition(part: str) -> DataCondition:
    sign = _SIGN.search(part)
    name, value = (part[: sign.start()].strip(), part[sign.end() :].strip()) if sign else ("", "")
    if sign is None or not name or not value:
        raise _refused(
            f"Expected a condition such as 'nama = Budi', but got '{part}'.",
            f"'{part}' bukan syarat data. Tulis nama, tanda (= != ~ < <= > >=), nilai: nama = Budi.",
        )
    return DataCondition(name, sign[0], value)


def _refused(detail: str, message: str) -> InvalidInput:
    return InvalidInput(detail, [{"field": "data", "message": message}])


def holds(condition: DataCondition, variables: Mapping[str, Any]) -> bool:
    """Whether the variables meet the condition; for a list, whether one of its items does.

    `=` compares without regard to case, `~` asks whether the value contains the text, the others compare numbers as
    numbers and all else as text (which orders ISO dates rightly). `!=` asks that there is a value and none equals.
    """
    values = list(_values(variables, condition.name.split(".")))
    if condition.sign == "!=":
        return bool(values) and not any(_same(value, condition.value) for value in values)
    if condition.sign == "=":
        return any(_same(value, condition.value) for value in values)
    if condition.sign == "~":
        return any(condition.value.casefold() in _text(value).casefold() for value in values)
    return any(_ordered(value, condition.sign, condition.value) for value in values)


def _values(inside: Any, path: list[str]) -> Iterator[Any]:
    """Every plain value at `path`; names may contain dots themselves, lists are looked into."""
    if isinstance(inside, list):
        for item in inside:
            yield from _values(item, path)
    elif isinstance(inside, Mapping):
        for length in range(1, len(path) + 1):
            name = ".".join(path[:length])
            if name in inside:
                yield from _values(inside[name], path[length:])
    elif not path and inside is not None:
        yield inside


def _text(value: Any) -> str:
    return _WORDS[value] if isinstance(value, bool) else str(value)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _same(value: Any, wanted: str) -> bool:
    mine, other = _number(value), _number(wanted)
    if mine is not None and other is not None and not isinstance(value, str):
        return mine == other
    return _text(value).casefold() == wanted.casefold() or (
        isinstance(value, bool) and wanted.casefold() == ("true" if value else "false")
    )


def _ordered(value: Any, sign: str, wanted: str) -> bool:
    mine, other = _number(value), _number(wanted)
    if mine is not None and other is not None:
        return _ORDERS[sign](mine, other)
    return not isinstance(value, bool) and mine is None and _ORDERS[sign](str(value), wanted)
