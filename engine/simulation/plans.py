"""How each activity is simulated: its length, its performers, its time limit, and what had to be assumed for that."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.diagram.model import Node, Process
from engine.documents.document_words import duration_words
from engine.durations import Duration, ParsedTimer, parse_duration, parse_timer
from engine.simulation.axis import Axis
from engine.simulation.distributions import Constant, Exponential, Length, Samples, Triangular, Uniform
from engine.simulation.scenario import ActivityPlan, Scenario, ScenarioRefused, Spread

TASKS = frozenset(
    {
        "userTask",
        "task",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
    }
)
AUTOMATIC = frozenset({"scriptTask", "serviceTask", "sendTask", "businessRuleTask"})
SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
WAITING = frozenset({"intermediateCatchEvent", "receiveTask"})
_OUTSIDE = ("pemohon", "eksternal")


@dataclass(frozen=True, slots=True)
class Work:
    """One activity as the simulation sees it.

    Attributes:
        length: how long it takes; in office seconds if `in_office`, else in seconds that pass.
        busy_share: the share of it for which a person of `role` is busy; 0: nobody is.
        limit: the longest time of its mutu baku, with its calendar.
        watches: timers on it that fire into something other than an escalation.
        by_applicant: the request's own clock pauses meanwhile.
    """

    node: Node
    role: str
    length: Length
    in_office: bool
    busy_share: float
    limit: tuple[Duration, str] | None
    watches: tuple["Watch", ...]
    by_applicant: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """A boundary timer."""

    node: Node
    limit: Duration
    kalender: str


@dataclass(frozen=True, slots=True)
class Plans:
    """Everything the run looks up. `staff` by role; None is as many as it takes. `watches` by subprocess."""

    works: dict[str, Work]
    watches: dict[str, tuple[Watch, ...]]
    staff: dict[str, int | None]
    names: dict[str, str]
    assumptions: tuple[str, ...]


def plans_for(process: Process, scenario: Scenario, axis: Axis) -> Plans:
    """The plan of every activity and waiting event.

    Raises:
        ScenarioRefused: a spread whose times are out of order.
    """
    works: dict[str, Work] = {}
    assumptions: list[str] = []
    for node in process.nodes.values():
        if node.kind in TASKS or node.kind in WAITING:
            works[node.id] = _work(process, node, scenario, axis, assumptions)
    watches = {
        node.id: tuple(_watches(process, node, assumptions))
        for node in process.nodes.values()
        if node.kind in SUBPROCESSES and node.boundary
    }
    assumptions += _simplified(process)
    roles = {work.role: _kind_of(process, work.node) for work in works.values() if work.busy_share}
    staff = {
        role: scenario.staff.get(role, None if kind in _OUTSIDE else scenario.default_staff)
        for role, kind in roles.items()
    }
    names = {lane.role or lane.id: lane.name for lane in reversed(process.lanes)}
    return Plans(works, watches, staff, names, tuple(dict.fromkeys(assumptions)))


def called(node: Node) -> str:
    """What results call a node."""
    number = node.quality.no if node.quality else ""
    return " ".join(part for part in (number, node.name or node.id) if part)


def _work(process: Process, node: Node, scenario: Scenario, axis: Axis, assumptions: list[str]) -> Work:
    plan = scenario.activities.get(node.id, ActivityPlan())
    if plan.duration is not None:
        length, in_office = _given(node, plan.duration, axis)
    else:
        length, in_office = _from_standard(node, scenario, axis, assumptions)
    quality = node.quality
    limit = None
    if quality is not None and quality.max:
        limit = (parse_duration(quality.max), quality.kalender)
    busy = node.kind not in AUTOMATIC | WAITING and in_office if plan.occupies is None else plan.occupies
    effort = scenario.effort if plan.effort is None else plan.effort
    lane = process.lane_of(node.id)
    return Work(
        node=node,
        role=(lane.role or lane.id) if lane else "pegawai",
        length=length,
        in_office=in_office,
        busy_share=effort if busy else 0.0,
        limit=limit,
        watches=tuple(_watches(process, node, assumptions)),
        by_applicant=lane is not None and lane.performer_kind == "pemohon",
    )


def _given(node: Node, spread: Spread, axis: Axis) -> tuple[Length, bool]:
    calendar = spread.calendar or (node.quality.kalender if node.quality else "kerja")
    times = [spread.min, spread.mode, spread.max, spread.mean, *spread.samples]
    in_office = all(axis.length(time, calendar)[1] for time in times if time is not None)
    calendar = "kerja" if in_office else "kalender"
    low, mode, high, mean = (axis.length(time or Duration(), calendar)[0] for time in times[:4])
    if spread.kind in ("exponential", "constant"):
        return (Exponential(mean) if spread.kind == "exponential" else Constant(mean)), in_office
    if spread.kind == "samples":
        return Samples(tuple(axis.length(time, calendar)[0] for time in spread.samples)), in_office
    mode = (low + high) / 2 if spread.mode is None else mode
    if not low <= mode <= high:
        field = f"activities.{node.id}.duration"
        message = "Expected min <= mode <= max, but they are out of order."
        raise ScenarioRefused(f"{message} Look at {field}.", [{"field": field, "message": message}])
    return (Triangular(low, mode, high) if spread.kind == "triangular" else Uniform(low, high)), in_office


def _from_standard(node: Node, scenario: Scenario, axis: Axis, assumptions: list[str]) -> tuple[Length, bool]:
    quality = node.quality
    timers = [event.timer for event in node.events if event.kind == "timer" and event.timer]
    if node.kind in WAITING and timers:
        return _timer_length(node, parse_literal(timers[0].kind, timers[0].text), axis, assumptions)
    if quality is None or not (quality.max or quality.min):
        if node.kind in AUTOMATIC | WAITING:
            if node.kind in WAITING:
                assumptions.append(f"{called(node)}: menunggu 0 menit, karena lamanya tidak diberikan.")
            return Constant(0.0), True
        assumptions.append(f"{called(node)}: tanpa batas waktu; dianggap {_words(scenario)}.")
        seconds, in_office = axis.length(scenario.open_time, "kerja")
        return _shaped(scenario, seconds / 2, seconds), in_office
    high, in_office = axis.length(parse_duration(quality.max or quality.min or ""), quality.kalender)
    low, low_in_office = axis.length(parse_duration(quality.min), quality.kalender) if quality.min else (0.0, in_office)
    if low_in_office != in_office:
        low = 0.0
    if not quality.max:
        assumptions.append(f"{called(node)}: hanya batas terpendek; dianggap selama itu.")
        low = high
    return _shaped(scenario, low, high), in_office


def _words(scenario: Scenario) -> str:
    return f"paling lama {duration_words(scenario.open_time, 'kerja')}"


def _shaped(scenario: Scenario, low: float, high: float) -> Length:
    middle = (low + high) / 2
    if scenario.reading == "uniform":
        return Uniform(low, high)
    if scenario.reading == "exponential":
        return Exponential(middle)
    if scenario.reading == "constant":
        return Constant(high)
    return Triangular(low, middle, high)


def _timer_length(node: Node, timer: ParsedTimer | None, axis: Axis, assumptions: list[str]) -> tuple[Length, bool]:
    if isinstance(timer, Duration):
        seconds, in_office = axis.length(timer, "kalender")
        return Constant(seconds), in_office
    assumptions.append(f"{called(node)}: menunggu 0 menit, karena saatnya baru diketahui ketika berjalan.")
    return Constant(0.0), True


def _watches(process: Process, node: Node, assumptions: list[str]) -> Iterator[Watch]:
    for key in node.boundary:
        event = process.nodes[key]
        timers = [definition.timer for definition in event.events if definition.kind == "timer" and definition.timer]
        if _only_escalates(process, event) or (
            node.kind in SUBPROCESSES and any(d.kind == "error" for d in event.events)
        ):
            continue
        timer = parse_literal(timers[0].kind, timers[0].text) if timers else None
        if not isinstance(timer, Duration):
            assumptions.append(f"{called(event)}: peristiwa pada {called(node)} tidak disimulasikan.")
            continue
        yield Watch(event, timer, node.quality.kalender if node.quality else "kalender")


def _only_escalates(process: Process, event: Node) -> bool:
    targets = [process.nodes[process.flows[flow].target] for flow in event.outgoing]
    return not event.interrupting and all(target.kind == "endEvent" for target in targets)


def parse_literal(kind: str, text: str) -> ParsedTimer | None:
    """A timer that is written out; None for a formula, whose value only a running request knows."""
    return None if text.lstrip().startswith("=") else parse_timer(kind, text)


def _kind_of(process: Process, node: Node) -> str | None:
    lane = process.lane_of(node.id)
    return lane.performer_kind if lane else None


def _simplified(process: Process) -> Iterator[str]:
    for node in process.nodes.values():
        if node.multi is not None:
            yield f"{called(node)}: pengulangan dihitung satu kali."
        if node.kind == "callActivity":
            yield f"{called(node)}: prosedur yang dipanggil dihitung sebagai satu kegiatan."
        if node.triggered_by_event:
            yield f"{called(node)}: prosedur peristiwa tidak disimulasikan."
