"""Types as FEEL text writes them, and whether a value is of one (`instance of`, typed parameters).

Owns conformance. A null inside a list or context fits every type; null itself is an instance of none but `null`.
"""

from collections.abc import Mapping
from typing import Any, Final

from engine.feel.budget import Account
from engine.feel.nodes import TypeNode
from engine.feel.values import BuiltIn, Function, Range, kind_of

SIMPLE_TYPES: Final = frozenset(
    {
        "number",
        "string",
        "boolean",
        "date",
        "time",
        "date and time",
        "days and time duration",
        "years and months duration",
        "null",
    }
)
_ALIASES: Final = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "Null": "null",
    "any": "Any",
}


def conforms(value: Any, wanted: TypeNode, types: Mapping[str, TypeNode], account: Account) -> bool:
    """Whether `value` is an instance of `wanted`. An unknown type has no instances."""
    account.charge(1)
    name = _ALIASES.get(wanted.name, wanted.name)
    if name in types:
        return conforms(value, types[name], _without(types, name), account)
    if value is None:
        return name == "null"
    if name == "Any":
        return True
    if name in SIMPLE_TYPES:
        return kind_of(value) == name
    return kind_of(value) == name and _contents_conform(value, wanted, types, account)


def _without(types: Mapping[str, TypeNode], name: str) -> Mapping[str, TypeNode]:
    """A type may not contain itself: the second time it is unknown."""
    return {key: node for key, node in types.items() if key != name}


def _fits(value: Any, wanted: TypeNode, types: Mapping[str, TypeNode], account: Account) -> bool:
    return value is None or conforms(value, wanted, types, account)


def _contents_conform(value: Any, wanted: TypeNode, types: Mapping[str, TypeNode], account: Account) -> bool:
    if not wanted.args:
        return True
    match value:
        case list():
            return all(_fits(item, wanted.args[0], types, account) for item in value)
        case Range():
            return all(_fits(end, wanted.args[0], types, account) for end in (value.start, value.end))
        case dict():
            return all(
                name in value and _fits(value[name], entry, types, account)
                for name, entry in zip(wanted.fields, wanted.args, strict=True)
            )
        case Function():
            return _function_conforms(value, wanted)
        case BuiltIn():
            return True
    return False


def _function_conforms(value: Function, wanted: TypeNode) -> bool:
    params = wanted.args[:-1]
    if len(params) != len(value.params):
        return False
    return all(own is None or own.name in ("Any", given.name) for own, given in zip(value.types, params, strict=True))
