"""The event: one fact of an instance's history, as the engine emits it and `engine/history/apply.py` folds it.

Owns the shape only. The types are snake_case past participles; `docs/history.md` lists each with its data.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Event:
    """One fact.

    Attributes:
        type: snake_case past participle, e.g. `task_completed`.
        element_id: the flow node or sequence flow it is about, or None (instance-wide).
        data: JSON-able and small.
    """

    type: str
    element_id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
