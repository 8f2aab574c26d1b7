"""What a changed calendar does to open deadlines: the one computation behind the preview and the recorded command.

`reckon` lets the engine reckon one request anew by a given calendar and stores nothing. The worker's command
`recompute_deadlines` does the same for every open request, suspended ones too, and stores it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from engine.change import deployed_by_id, execution_for
from engine.context import Context
from engine.deployed import Deployed
from engine.events import Event
from engine.model import State
from engine.storage.unit_of_work import Connection
from engine.working_calendar import WorkingCalendar


def reckon(
    context: Context, connection: Connection, row: Any, calendar: WorkingCalendar, now: datetime
) -> tuple[Deployed, list[Event]]:
    """The version a request runs, and the events by which its open deadlines and timers move under `calendar`."""
    deployed = deployed_by_id(context, connection, row.definition_id)
    execution = execution_for(context, connection, deployed, State.from_json(row.state), now, calendar)
    execution.recompute()
    return deployed, list(execution.events)


def moves(events: list[Event]) -> Iterator[dict[str, Any]]:
    """`{element_id, kind, old_due_at, due_at}` of each task, then timer, among `events` that is due at another moment.

    A task's own timers, and timers that move exactly as a task does, are left out.
    """
    tasks = [event for event in events if event.type == "task_rescheduled"]
    moved = {(event.data["old_due_at"], event.data["due_at"]) for event in tasks}
    for event in (*tasks, *(event for event in events if event not in tasks)):
        own = event.type == "timer_rescheduled" and str(event.data["timer"]).endswith((":due", ":reminder"))
        kind = "task" if event.type == "task_rescheduled" else "timer"
        moment = {name: event.data[name] for name in ("old_due_at", "due_at")}
        drawn = kind == "timer" and tuple(moment.values()) in moved  # the time limit of a task as a boundary event
        if own or drawn or moment["due_at"] == moment["old_due_at"]:
            continue
        yield {"element_id": event.element_id, "kind": kind, **moment}
