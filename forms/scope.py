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
