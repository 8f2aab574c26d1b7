"""What an installation says of itself on its pages, changed by administrators while it runs (pure).

Everything else is decided by the environment, at the start (`api/config.py`).
"""

from dataclasses import dataclass
from typing import Any

from engine import people as rules
from engine.errors import InvalidInput

LONGEST = {"region": 120, "contact": 300, "announcement": 500}
CHOICES = {"registration": ("", "open", "closed")}
KEYS = (*LONGEST, *CHOICES)


@dataclass(frozen=True, slots=True)
class Site:
    """What is set; empty is the default.

    Attributes:
        region: whose service this is. contact: where people get help. announcement: what everybody should know.
        registration: whether citizens register themselves; by default in demo installations only.
    """

    region: str = ""
    contact: str = ""
    announcement: str = ""
    registration: str = ""


def registers(site: Site, *, demo: bool) -> bool:
    """Whether citizens may register themselves."""
    return demo if site.registration == "" else site.registration == "open"


def read_value(key: str, value: Any) -> str:
    """The value of a setting as it is stored.

    Raises:
        InvalidInput: an unknown key, or a value that is no line, too long or none of the choices.
    """
    if key in CHOICES:
        if value not in CHOICES[key]:
            message = f"Expected {key} to be one of {CHOICES[key]}, but got {value!r:.80}."
            raise InvalidInput(message, [{"field": "value", "message": message}])
        return str(value)
    if key not in LONGEST:
        message = f"Expected one of {', '.join(KEYS)}, but got {key!r:.80}."
        raise InvalidInput(message, [{"field": "key", "message": message}])
    return rules.text(key, value, LONGEST[key], empty=True)
