"""What an installation says of itself on its pages, changed by administrators while it runs (pure).

Everything else is decided by the environment, at the start (`api/config.py`).
"""

from dataclasses import dataclass
from typing import Any

from engine import people as rules
from engine.errors import InvalidInput

LONGEST = {"region": 120, "contact": 300, "announcement": 500}
KEYS = tuple(LONGEST)


@dataclass(frozen=True, slots=True)
class Site:
    """`region`: whose service this is; `contact`: where people get help; `announcement`: what everybody should know."""

    region: str = ""
    contact: str = ""
    announcement: str = ""


def read_value(key: str, value: Any) -> str:
    """The value of a setting as it is stored.

    Raises:
        InvalidInput: an unknown key, or a value that is no line or too long.
    """
    if key not in LONGEST:
        message = f"Expected one of {', '.join(KEYS)}, but got {key!r:.80}."
        raise InvalidInput(message, [{"field": "key", "message": message}])
    return rules.text(key, value, LONGEST[key], empty=True)
