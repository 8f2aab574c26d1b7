"""Frames for the replay screen: what was open, done and late after each entry of a history (pure)."""

from collections.abc import Iterable, Iterator
from typing import Any

from engine.history.apply import apply
from engine.history.chain import Entry
from engine.history.export import entry_dict, event_of
from engine.model import State

_DONE = ("element_completed", "instances_completed")


def frames(entries: Iterable[Entry]) -> Iterator[dict[str, Any]]:
    """One frame per entry: `{seq, at, event, status, open, late, done, flows, variables}`.

    `open` lists elements where tokens stand, `late` the open tasks past their due moment at that entry's time, `done`
    the element completed and `flows` the sequence flow taken by this very entry.
    """
    state = State()
    for entry in entries:
        event = event_of(entry)
        apply(state, event)
        yield {
            "seq": entry.seq,
            "at": entry.at,
            "event": entry_dict(entry),
            "status": state.status,
            "open": state.active_elements(),
            "late": _late(state, entry.at),
            "done": [event.element_id] if event.type in _DONE else [],
            "flows": [event.element_id] if event.type == "flow_taken" else [],
            "variables": dict(state.variables),
        }


def _late(state: State, at: str) -> list[str]:
    open_tasks = state.tasks().values()
    return [task.element_id for task in open_tasks if task.due_at is not None and task.due_at[:19] < at[:19]]
