"""What a rule sees and says: `Context`, `Problem`, and the `Finding` an analyst reads. Owns no rule."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from engine.diagram.model import Diagram, Flow, Node, Process
from engine.diagram.names import FLOW_NODES
from engine.diagram.source import RawElement, Source
from engine.diagram.state_space import Verdict, examine

_OWNERS = FLOW_NODES | {"sequenceFlow", "lane", "process", "participant", "messageFlow", "association"}
Severity = Literal["error", "warning", "info"]
Profile = Literal["sop", "bpmn"]
Text = tuple[str, str]
"""A sentence in Bahasa Indonesia and in English."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found: the element (its key in the diagram), what is wrong, and the cure.

    `related` are the other elements that belong to it, such as the path to a deadlock.
    """

    element: str
    what: Text
    cure: Text
    severity: Severity = "error"
    line: int = 0
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem as it is shown. `rule` is the file name of the rule; `line` is 1-based, 0 when unknown."""

    element: str
    name: str
    rule: str
    severity: Severity
    message_id: str
    message_en: str
    cure_id: str
    cure_en: str
    line: int = 0
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """A diagram as read (before preparation), with everything around it that rules need.

    Attributes:
        known_forms: field names by form key; None when the caller does not know the forms.
        known_decisions, known_processes: keys that are deployed; None when unknown.
        runnable: the processes that are executed: the executable ones, or all when none is.
        behaviour: what exploring their control flow showed.
    """

    source: Source
    profile: Profile
    known_forms: Mapping[str, Collection[str]] | None = None
    known_decisions: Collection[str] | None = None
    known_processes: Collection[str] | None = None
    runnable: tuple[Process, ...] = ()
    nodes: Mapping[str, Node] = field(default_factory=dict)
    flows: Mapping[str, Flow] = field(default_factory=dict)
    process_of: Mapping[str, Process] = field(default_factory=dict)
    behaviour: tuple[tuple[Process, Verdict], ...] = ()

    @property
    def diagram(self) -> Diagram:
        """The diagram as read."""
        return self.source.diagram

    def all_nodes(self) -> Iterator[Node]:
        """The nodes of all processes, drawn-only ones included."""
        for process in self.diagram.processes:
            yield from process.nodes.values()

    def run_nodes(self) -> Iterator[Node]:
        """The nodes of the processes that are executed."""
        for process in self.runnable:
            yield from process.nodes.values()

    def element(self, key: str) -> RawElement | None:
        """The raw element behind a key of the diagram."""
        return self.source.by_key.get(key)

    def owner_of(self, element: RawElement) -> RawElement:
        """The flow node, flow, lane or root definition that an element belongs to: what an analyst can click on."""
        while element.tag not in _OWNERS and (parent := self.source.parent_of(element)) is not None:
            element = parent
        return element


def context_of(
    source: Source,
    profile: Profile,
    known_forms: Mapping[str, Collection[str]] | None = None,
    known_decisions: Collection[str] | None = None,
    known_processes: Collection[str] | None = None,
) -> Context:
    """The context of a file, with its nodes and flows of all processes in one mapping each."""
    processes = source.diagram.processes
    runnable = tuple(process for process in processes if process.executable) or processes
    return Context(
        source,
        profile,
        known_forms,
        known_decisions,
        known_processes,
        runnable=runnable,
        nodes={key: node for process in reversed(processes) for key, node in process.nodes.items()},
        flows={key: flow for process in reversed(processes) for key, flow in process.flows.items()},
        process_of={key: process for process in reversed(processes) for key in process.nodes},
        behaviour=tuple((process, verdict) for process in runnable for verdict in examine(process)),
    )


class Rule(Protocol):
    """A module of `engine.diagram.rules`. Its docstring is its section in docs/rules.md."""

    __name__: str
    __doc__: str | None

    def check(self, context: Context) -> Iterator[Problem]:
        """All problems of this kind in the diagram."""
        ...


def problem(
    element: str,
    what_id: str,
    what_en: str,
    cure_id: str,
    cure_en: str,
    severity: Severity = "error",
    related: tuple[str, ...] = (),
) -> Problem:
    """A problem from its four sentences: what is wrong and the cure, each in Bahasa Indonesia and English."""
    return Problem(element, (what_id, what_en), (cure_id, cure_en), severity, related=related)


def path_text(process: Process, path: tuple[str, ...]) -> str:
    """A path as it is told: the names of its elements, at most twelve."""
    names = [label(process.nodes[key]) for key in path if key in process.nodes]
    shown = [*names[:6], "…", *names[-5:]] if len(names) > 12 else names
    return " → ".join(shown)


def label(node: Node | Flow) -> str:
    """How a node or flow is called in a sentence: its name, else its id."""
    return f'"{" ".join(node.name.split())}"' if node.name else f'"{node.id}"'
