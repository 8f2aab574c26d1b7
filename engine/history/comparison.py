"""Two histories side by side: aligned paths and what happened on each (pure)."""

from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeVar

from engine.history.chain import Entry
from engine.history.export import event_of
from engine.history.frames import frames

Step = TypeVar("Step", bound=Hashable)
_INTERVENTIONS = frozenset({
    "instance_suspended", "instance_cancelled", "instance_modified", "instance_migrated", "incident_raised",
})  # fmt: skip


def align(left: Sequence[Step], right: Sequence[Step]) -> list[tuple[Step | None, Step | None]]:
    """Both paths in order, equal steps beside each other; None where only the other one went."""
    rows: list[tuple[Step | None, Step | None]] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, left_from, left_to, right_from, right_to in matcher.get_opcodes():
        if kind == "equal":
            rows += zip(left[left_from:left_to], right[right_from:right_to], strict=True)
            continue
        rows += [(step, None) for step in left[left_from:left_to]]
        rows += [(None, step) for step in right[right_from:right_to]]
    return rows


def marks(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """What a whole history leaves on its diagram: elements `done` (flows too), `late` at any time, and `active` now."""
    done: dict[str, None] = {}
    late: dict[str, None] = {}
    active: list[str] = []
    for frame in frames(entries):
        done |= dict.fromkeys([*frame["done"], *frame["flows"]])
        late |= dict.fromkeys(frame["late"])
        active = frame["open"]
    return {"done": list(done), "late": list(late), "active": active}


def interventions(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What was not the ordinary course: `{seq, type, element_id, at, reason}`."""
    return [
        {"seq": entry.seq, "type": entry.type, "element_id": entry.element_id, "at": entry.at,
         "reason": event_of(entry).data.get("reason") or event_of(entry).data.get("message") or ""}
        for entry in entries
        if entry.type in _INTERVENTIONS
    ]  # fmt: skip
