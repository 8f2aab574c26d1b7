"""Values on their way into and out of decisions: to the type that the model states.

Owns DMN's implicit conversions (a list of one for its item, an item for a list) and ISO text for temporal types, since
variables are stored as JSON. What does not fit is null, as the standard says.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.feel.budget import Account
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
    resolved = types.get(wanted.name, wanted) if not wanted.args else wanted
    if isinstance(value, str) and resolved.name in _FROM_TEXT:
        value = _FROM_TEXT[resolved.name](value)
    if value is None or conforms(value, resolved, types, account):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], resolved, types, account):
        return value[0]
    return [value] if conforms([value], resolved, types, account) else None
