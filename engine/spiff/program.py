"""The program: what `compile.py` makes of one process, once per version, shared by all instances and threads.

Values only, immutable after compilation. A step of an instance looks up here and never searches the diagram.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.diagram.model import Lane, Node, Process, Timer
from engine.durations import ParsedTimer
from engine.spiff.script_env import Expression


@dataclass(frozen=True, slots=True)
class Link:
    """An outgoing sequence flow."""

    id: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Catch:
    """One event definition of a catching event: what it waits for and whom it interrupts.

    `watch` is the part of the timer's or subscription's id after its owner; `family` is where it stands: "boundary",
    "catch" (intermediate, receive task, behind an event-based gateway) or "event_subprocess". `timer` is a literal,
    `timer_formula` FEEL that gives its text; `timer_kind` "date", "duration" or "cycle".
    `all_needed`: parallel multiple.
    """

    element: str
    watch: str
    family: str
    kind: str
    node: Node
    name: str | None = None
    code: str | None = None
    timer: ParsedTimer | None = None
    timer_formula: Expression | None = None
    timer_kind: str = ""
    condition: Expression | None = None
    correlation: Expression | None = None
    interrupting: bool = True
    all_needed: bool = False


@dataclass(frozen=True, slots=True)
class Throw:
    """One event definition that an element throws. `ref`: the activity to compensate."""

    kind: str
    name: str | None = None
    code: str | None = None
    ref: str | None = None
    correlation: Expression | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """Multi-instance or standard loop of an activity, expressions parsed."""

    kind: str
    cardinality: Expression | None = None
    collection: Expression | None = None
    item: str | None = None
    output_collection: str | None = None
    output_item: Expression | None = None
    output_name: str | None = None  # output_item when it is just a variable name: local to each instance
    completion: Expression | None = None
    condition: Expression | None = None
    maximum: int | None = None
    test_before: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A flow node ready to run.

    Attributes:
        spec: its SpiffWorkflow task spec.
        behaviour: which handler runs it; chosen by the class of `spec`.
        links: outgoing flows in model order, the default one last and also in `default`.
        conditional: at least one link has a condition, so that leaving decides.
        boundary: events attached to it that are watched while it is open (timer, message, signal, condition).
        attached: all events attached to it, errors and escalations included.
        catches: what the element itself waits for. behind: what an event-based gateway waits for.
        upstream: for an inclusive join, incoming flow -> elements from which that flow can be reached.
        assignee: gives the user name of who shall do it.
        compensable: completing it must be remembered, because something may compensate it.
    """

    id: str
    node: Node
    spec: Any
    behaviour: str
    lane: Lane | None = None
    links: tuple[Link, ...] = ()
    default: Link | None = None
    conditional: bool = False
    incoming: tuple[str, ...] = ()
    boundary: tuple[Catch, ...] = ()
    attached: tuple[Catch, ...] = ()
    catches: tuple[Catch, ...] = ()
    throws: tuple[Throw, ...] = ()
    loop: Loop | None = None
    script: tuple[tuple[str, Expression], ...] = ()
    inputs: tuple[tuple[str, Expression], ...] = ()
    outputs: tuple[tuple[str, Expression], ...] = ()
    assignee: Expression | None = None
    handler: str | None = None
    link_target: str | None = None
    upstream: Mapping[str, frozenset[str]] = field(default_factory=dict)
    compensable: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision gave: its JSON value, and what history keeps of it (decision, version, matched rules)."""

    value: Any
    facts: Mapping[str, Any] = field(default_factory=dict)


Decide = Callable[[str, Mapping[str, Any]], Decided]
"""Evaluates a decision by its key over variables. Raises StepFailed."""


@dataclass(frozen=True, slots=True)
class Start:
    """One way to start the process: `kind` "none", "message", "signal", "timer", "conditional"; `name` of the event."""

    element: str
    kind: str
    name: str | None = None
    timer: Timer | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What opening a process or subprocess means: where tokens start and what its event subprocesses wait for.

    `triggers` are all start events of event subprocesses; `handlers` maps such a start event to its subprocess.
    """

    id: str
    first: tuple[str, ...]
    triggers: tuple[Catch, ...] = ()
    handlers: Mapping[str, str] = field(default_factory=dict)
    compensation: str | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """One process, compiled.

    Attributes:
        key: set by whoever resolves calls to what gives this very version again (else a call is looked up by name).
        siblings: the other processes of the same file.
    """

    process: Process
    spec: Any
    elements: Mapping[str, Element]
    plans: Mapping[str, Plan]
    starts: tuple[Start, ...]
    may_join_late: bool = False  # it has inclusive joins, or calls a process that may have some
    siblings: Mapping[str, "Program"] = field(default_factory=dict)
    key: str | None = None

    @property
    def root(self) -> Plan:
        """The plan of the process itself."""
        return self.plans[self.process.id]
