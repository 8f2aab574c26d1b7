"""Small processes for simulations, written as `{node: kind}` and `source -> target` flows."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from engine.diagram.model import EventDefinition, Flow, Lane, Node, Process, QualityStandard, Scope, Timer
from engine.durations import parse_duration
from engine.office_hours import OfficeHours, sessions
from engine.simulation.scenario import ActivityPlan, Scenario, Spread
from engine.working_calendar import WorkingCalendar

START = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # Monday 07:30 WIB
OFFICE = WorkingCalendar(1, "Asia/Jakarta")
ALWAYS = WorkingCalendar(
    1, "Asia/Jakarta", OfficeHours(week=(sessions("00:00-24:00"),) * 7, ramadan_week=(sessions("00:00-24:00"),) * 7)
)


def net(nodes: Mapping[str, Any], flows: Sequence[str], inside: Mapping[str, str] | None = None) -> Process:
    """A process of one lane.

    Args:
        nodes: kind by id, or a dict of `Node` fields with "kind".
        flows: "a -> b" or "name: a -> b"; ids are f1, f2, ….
        inside: subprocess by the id of a node in it.
    """
    inside = inside or {}
    made = [_flow(f"f{place}", text, inside) for place, text in enumerate(flows, start=1)]
    ready = {}
    for key, given in nodes.items():
        facts = dict(given) if isinstance(given, dict) else {"kind": given}
        ready[key] = Node(
            key,
            facts.pop("kind"),
            inside.get(key, "p"),
            lane="lane",
            incoming=tuple(flow.id for flow in made if flow.target == key),
            outgoing=tuple(flow.id for flow in made if flow.source == key),
            boundary=tuple(
                other for other, more in nodes.items() if isinstance(more, dict) and more.get("attached_to") == key
            ),
            **facts,
        )
    names = {"p", *inside.values()}
    scopes = {
        name: Scope(
            name,
            None if name == "p" else "p",
            tuple(node.id for node in ready.values() if node.scope == name),
            tuple(flow.id for flow in made if flow.scope == name),
        )
        for name in names
    }
    return Process("p", "P", scopes, ready, {flow.id: flow for flow in made}, (Lane("lane", "Petugas", "petugas"),))


def spread(kind: str, **times: str) -> ActivityPlan:
    """A plan with one spread, times as ISO 8601."""
    return ActivityPlan(Spread(kind, **{name: parse_duration(text) for name, text in times.items()}))  # type: ignore[arg-type]


def scenario(requests: int, per_day: float, **more: Any) -> Scenario:
    """A scenario that starts on a Monday morning."""
    return Scenario(requests, START, per_day, **more)


def timer(text: str) -> tuple[EventDefinition, ...]:
    """A timer of a literal duration."""
    return (EventDefinition("timer", timer=Timer("duration", text)),)


def limited(words: str, kalender: str = "kerja") -> QualityStandard:
    """A mutu baku with a maximum only."""
    return QualityStandard("1", words, None, words, kalender)


def _flow(key: str, text: str, inside: Mapping[str, str]) -> Flow:
    name, _, ends = text.rpartition(":")
    source, target = (end.strip() for end in ends.split("->"))
    return Flow(key, source, target, name.strip(), scope=inside.get(source, "p"))
