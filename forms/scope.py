"""What a check may look at besides the value itself. Values only; no rules."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class AttachmentInfo:
    """What is known of a stored upload.

    Attributes:
        media_type: as sniffed from its content.
        size: bytes.
    """

    media_type: str
    size: int


AttachmentLookup = Callable[[str], AttachmentInfo | None]
"""Answers for an attachment id that the acting person may use here, and None for every other id."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the data an expression stands.

    Attributes:
        here: the row around it, or all data; FEEL calls it `this`.
        parent: what surrounds that row; None outside lists.
        positions: of the rows around it, counted from 1; FEEL calls them `i`.
    """

    here: Any
    parent: Any = None
    positions: tuple[int, ...] = ()

    def row(self, here: Any, index: int) -> "Place":
        """The place of a row of a list at this place; `index` counts from 0."""
        return Place(here, self.here, (*self.positions, index + 1))

    def context(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """The FEEL context that form-js gives here: `this`, `parent` and `i`, then all data, which goes first."""
        positions = list(self.positions)
        names = {"this": self.here, "parent": self.parent, "i": positions}
        return {**names, **data, "_this_": self.here, "_parent_": self.parent, "_i_": positions}


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of one field.

    Attributes:
        context: the FEEL context (visible data, process variables, `this`, `parent`, `i`).
        now: aware; its zone says which day "today" is.
        attachments: None when no upload can be used here.
    """

    context: Mapping[str, Any]
    now: datetime
    attachments: AttachmentLookup | None
