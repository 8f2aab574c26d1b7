"""Which events tell somebody something outside the instance (pure).

`effects` picks them from a command's events; each becomes one outbox row in the same transaction. What they mean
(mail, webhook, SMS, delivery to other instances) is decided later by `commands/dispatch_outbox`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.events import Event

INTERNAL = frozenset({"message_sent", "signal_thrown"})  # delivered to other instances
NOTICES = frozenset({
    "task_reminded", "task_overdue", "task_escalated", "task_delegated", "instance_started", "instance_completed",
    "instance_cancelled", "incident_raised", "task_commented",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to tell: `channel` is "internal" (to instances) or "notify" (to people, by their channels)."""

    channel: str
    instance_id: str
    data: dict[str, Any]


def effects(instance_id: str, events: Iterable[Event]) -> list[Effect]:
    """The effects of a command's events, in order."""
    return [
        Effect(
            "internal" if event.type in INTERNAL else "notify",
            instance_id,
            {"type": event.type, "element_id": event.element_id, **_told(event)},
        )
        for event in events
        if event.type in INTERNAL or event.type in NOTICES
    ]


def _told(event: Event) -> dict[str, Any]:
    """What is needed to tell it; a comment's words stay where they were written."""
    return {name: value for name, value in event.data.items() if (event.type, name) != ("task_commented", "text")}
