"""Values on their way into and out of decisions: to the type that the model states.

Owns DMN's implicit conversions (a list of one for its item, an item for a list) and ISO text for temporal types, since
variables are stored as JSON. What does not fit, or is not among the allowed values, is null, as the standard says.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.feel import Expression
from engine.feel.budget import Account
from engine.feel.code import Frame
from engine.feel.conformance import conforms
from engine.feel.nodes import TypeNode
from engine.feel.temporal_text import parse_date, parse_date_time, parse_duration, parse_time

_FROM_TEXT: Final[dict[str, Callable[[str], Any]]] = {
    "date": parse_date,
    "time": parse_time,
    "date and time": parse_date_time,
    "dateTime": parse_date_time,
    "days and time duration": parse_duration,
    "dayTimeDuration": parse_duration,
    "years and months duration": parse_duration,
    "yearMonthDuration": parse_duration,
}


def coerce(value: Any, wanted: TypeNode | None, types: Mapping[str, TypeNode], account: Account) -> Any:
    """The value as `wanted` has it, or None."""
    if wanted is None or value is None:
        return value
    read = _read(value, wanted, types, account)
    if conforms(read, wanted, types, account):
        return read
    if isinstance(read, list) and len(read) == 1 and conforms(read[0], wanted, types, account):
        return read[0]
    return [read] if conforms([read], wanted, types, account) else None


def _read(value: Any, wanted: TypeNode, types: Mapping[str, TypeNode], account: Account) -> Any:
    """The value with every text read that stands where a temporal type is wanted; other values as they are."""
    account.charge(1)
    if wanted.name in types:
        others = {name: node for name, node in types.items() if name != wanted.name}
        return _read(value, types[wanted.name], others, account)
    if isinstance(value, str) and wanted.name in _FROM_TEXT:
        return _FROM_TEXT[wanted.name](value)
    inner = wanted.args[0] if wanted.name == "list" and wanted.args else wanted
    if isinstance(value, list):
        return [_read(item, inner, types, account) for item in value]
    if inner is not wanted:
        return _read(value, inner, types, account)
    if isinstance(value, dict) and wanted.fields:
        fields = dict(zip(wanted.fields, wanted.args, strict=True))
        return {
            name: _read(item, fields[name], types, account) if name in fields else item for name, item in value.items()
        }
    return value


def allowed(value: Any, tests: Expression | None, frame: Frame) -> bool:
    """Whether a value, or each item of a list, passes the allowed values of its type."""
    if tests is None or value is None:
        return True
    items = value if isinstance(value, list) else [value]
    return all(tests.run(frame.inner({"?": item})) is True for item in items)
