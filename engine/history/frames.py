"""Frames for the replay screen: what was open, done and late after each entry of a history (pure)."""

from collections.abc import Iterable, Iterator
from typing import Any

from engine.errors import WrongState
from engine.events import Event
from engine.history.apply import apply
from engine.history.chain import Entry
from engine.history.export import entry_dict, event_of
from engine.model import OpenTask, State

_DONE = ("element_completed", "instances_completed")


def frames(entries: Iterable[Entry], *, after: int = 0) -> Iterator[dict[str, Any]]:
    """One frame per entry behind entry `after`.

    A frame is `{seq, at, event, status, open, late, done, flows, variables, changes}`. `open` lists elements where
    tokens stand, `late` the tasks that are open past their due moment at that entry's time and one that this entry
    completes late, `done` the element completed and `flows` the sequence flow taken by this very entry, `changes` what
    it changed in the data: `{name, before, after}`.

    Raises:
        WrongState: an entry does not fit those before it: somebody changed the history.
    """
    state = State()
    for entry in entries:
        try:
            event = event_of(entry)
            before = dict(state.variables) if entry.seq > after else {}
            closing = _late_token(state, event, entry.at)
            apply(state, event)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise WrongState(
                f"Expected entry {entry.seq} ({entry.type}) to fit the entries before it, but it does not: the history"
                " was changed. Verify it."
            ) from error
        if entry.seq > after:
            yield _frame(state, entry, event, before, closing)


def _frame(
    state: State, entry: Entry, event: Event, before: dict[str, Any], closing: list[str]
) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "event": entry_dict(entry),
        "status": state.status,
        "open": state.active_elements(),
        "late": list(dict.fromkeys([*_late(state, entry.at), *closing])),
        "done": [event.element_id] if event.type in _DONE else [],
        "flows": [event.element_id] if event.type == "flow_taken" else [],
        "variables": dict(state.variables),
        "changes": changes(before, state.variables),
    }


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What differs between two sets of variables, by name; None stands for what is not there."""
    return [
        {"name": name, "before": before.get(name), "after": after.get(name)}
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def _late(state: State, at: str) -> list[str]:
    return [task.element_id for task in state.tasks().values() if _past(task, at)]


def _late_token(state: State, event: Event, at: str) -> list[str]:
    """The element of the task that this event is about, if it is late before the event takes it away."""
    task = state.tasks().get(str(event.data.get("token"))) if event.type == "task_completed" else None
    return [task.element_id] if task is not None and _past(task, at) else []


def _past(task: OpenTask, at: str) -> bool:
    return task.overdue or (task.due_at is not None and task.due_at[:19] < at[:19])
