"""Re-execution: feeds the recorded inputs of one history to a fresh engine and compares every event.

An input is what came from outside (a start, a completed task, a fired timer, a message, an intervention); everything
else must follow from it. The definition version, the calendar version and the clock are those that were recorded.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.change import calendar_of, execution_for, newest_deployed
from engine.context import Context
from engine.deciding import NONE, Recorded
from engine.deployed import Deployed
from engine.errors import AlurError
from engine.events import Event
from engine.history.chain import Entry, canonical
from engine.history.export import event_of
from engine.model import State, pinned
from engine.spiff.run import Execution
from engine.storage.calendars import version_at
from engine.storage.unit_of_work import Connection

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first entry that a fresh engine would have written differently."""

    seq: int
    expected: dict[str, Any] | None
    got: dict[str, Any] | None
    message: str

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"seq": self.seq, "recorded": self.expected, "executed": self.got, "message": self.message}


@dataclass(slots=True)
class _Run:
    """A fresh engine on its way through a recorded history."""

    context: Context
    connection: Connection
    agency_id: int
    entries: Sequence[Entry]
    events: Sequence[Event]
    deployed: Deployed
    state: State

    def execution_at(self, place: int) -> Execution:
        """The engine at the moment of an entry, with the calendar version recorded by its command.

        A command that recorded none (a cycle that fired, an expression that asked for working days) had the newest of
        its moment.
        """
        at = self.entries[place].at
        version = next(
            (
                int(event.data["calendar_version"])
                for entry, event in zip(self.entries[place:], self.events[place:], strict=True)
                if entry.at == at and event.data.get("calendar_version") is not None
            ),
            None,
        )
        now = datetime.fromisoformat(at)
        if version is None:
            version = version_at(self.connection, now)
        calendar = calendar_of(self.context, self.connection, self.agency_id, version)
        recorded = Recorded(_answered(self.events[place:]), _called(self.events[place:]))
        return execution_for(self.context, self.connection, self.deployed, self.state, now, calendar, recorded)


def _answered(events: Sequence[Event]) -> Iterator[tuple[str, int]]:
    return (
        (event.data["decision"], event.data["version"])
        for event in events
        if event.type == "decision_evaluated" or (event.type == "incident_raised" and "decision" in event.data)
    )


def _called(events: Sequence[Event]) -> dict[str, int]:
    """By key, the version that the first call from here on found: all calls of one command find the same."""
    found: dict[str, int] = {}
    for event in events:
        missing = event.data.get("process") if event.type == "incident_raised" else None
        key, version = pinned(str(missing or (event.data.get("opens") or {}).get("process")))
        if missing or version is not None:
            found.setdefault(key, version or NONE)
    return found


def reexecute(
    context: Context, connection: Connection, agency_id: int, entries: Sequence[Entry]
) -> Divergence | None:
    """Runs a history's inputs again; None when every event agrees, else the first divergence."""
    events = [event_of(entry) for entry in entries]
    if not events:
        return None
    place = 0
    try:
        first = events[0].data
        deployed = newest_deployed(context, connection, first.get("definition", ""), first.get("version"))
    except AlurError as refusal:
        return _divergence(entries[0], events[0], None, refusal.detail)
    run = _Run(context, connection, agency_id, entries, events, deployed, State())
    while place < len(events):
        try:
            got = _feed(run, place)
        except AlurError as refusal:
            return _divergence(entries[place], events[place], None, refusal.detail)
        except (LookupError, TypeError, ValueError, AttributeError) as failure:
            log.info("Entry %s of request %s cannot be fed", entries[place].seq, entries[0].instance_id, exc_info=True)
            reason = f"{type(failure).__name__}: {failure}"
            return _divergence(entries[place], events[place], None, f"Expected an input that can be fed, but {reason}.")
        for offset, event in enumerate(got):
            recorded = events[place + offset] if place + offset < len(events) else None
            if recorded is None or _text(recorded) != _text(event):
                entry = entries[min(place + offset, len(entries) - 1)]
                return _divergence(entry, recorded, event, "Expected the same event, but a fresh engine wrote another.")
        if not got:
            message = "Expected an input with its effect, or what followed from one, but this is neither."
            return _divergence(entries[place], events[place], None, message)
        place += len(got)
    return None


def _text(event: Event) -> str:
    return canonical([event.type, event.element_id, event.data])


def _divergence(entry: Entry, recorded: Event | None, got: Event | None, message: str) -> Divergence:
    def shown(event: Event | None) -> dict[str, Any] | None:
        return None if event is None else {"type": event.type, "element_id": event.element_id, "data": event.data}

    return Divergence(entry.seq, shown(recorded), shown(got), message)


def _feed(run: _Run, place: int) -> list[Event]:
    """Feeds the input recorded at `place` and returns what the engine made of it."""
    event = run.events[place]
    if event.type == "instance_migrated":
        return _migrate(run, place)
    execution = run.execution_at(place)
    feed = _INPUTS.get(event.type)
    if feed is not None:
        feed(execution, event)
    elif event.type in ("element_cancelled", "flow_cancelled", "instances_cancelled", "instance_cancelled"):
        execution.cancel(_cancelled_later(run.events[place:]))
    elif event.type in ("timer_rescheduled", "task_rescheduled"):
        execution.recompute()
    elif event.type in _RECORDED or (event.type == "variables_changed" and event.data.get("reason")):
        execution.record(event.type, event.element_id, **event.data)
    return execution.events


def _cancelled_later(events: Sequence[Event]) -> str:
    return next((str(event.data.get("reason")) for event in events if event.type == "instance_cancelled"), "")


def _migrate(run: _Run, place: int) -> list[Event]:
    """The engine of the old version moves to the new one."""
    facts = dict(run.events[place].data)
    mapping = facts.pop("elements")
    execution = run.execution_at(place)
    run.deployed = newest_deployed(run.context, run.connection, run.deployed.key, facts["version"])
    execution.migrate(run.deployed.program, mapping, **facts)
    return execution.events


def _start(execution: Execution, event: Event) -> None:
    data = dict(event.data)
    variables = data.pop("variables", None) or {}
    execution.start(variables, data.pop("start_event", None), **data)


def _message(execution: Execution, event: Event) -> None:
    data = event.data
    execution.deliver_message(data["name"], data.get("correlation"), data.get("variables") or {})


def _signal(execution: Execution, event: Event) -> None:
    execution.deliver_signal(event.data["name"], event.data.get("variables") or {})


def _modified(execution: Execution, event: Event) -> None:
    execution.record(event.type, None, **event.data)
    execution.modify(event.data["activate"], event.data["cancel"], event.data["variables"])


def _failed(execution: Execution, event: Event) -> None:
    execution.fail_job(event.data["token"], event.data["message"], event.data["work"]["retries"])


def _thrown(execution: Execution, event: Event) -> None:
    execution.throw_error(event.data["token"], event.data.get("code") or "", event.data.get("message") or "")


def _fired(execution: Execution, event: Event) -> None:
    execution.fire_timer(event.data["timer"])


_RECORDED = frozenset({  # by commands, as they are; whatever else comes without an input did not follow from any
    "task_claimed", "task_unclaimed", "task_assigned", "assignment_failed", "task_delegated", "task_commented",
    "task_attached", "incident_retried", "instance_suspended", "instance_resumed", "survey_submitted",
})  # fmt: skip
_INPUTS: dict[str, Callable[[Execution, Event], None]] = {
    "instance_started": _start,
    "task_completed": lambda execution, event: execution.complete_task(event.data["token"], event.data["data"]),
    "job_completed": lambda execution, event: execution.complete_job(event.data["token"], event.data["data"]),
    "job_failed": _failed,
    "error_thrown": _thrown,
    "timer_fired": _fired,
    "message_received": _message,
    "signal_received": _signal,
    "incident_resolved": lambda execution, event: execution.retry(event.data["token"]),
    "instance_modified": _modified,
}
