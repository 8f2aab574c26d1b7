"""The diagram as values: what `parse.py` reads from BPMN XML and everybody else (rules, compile, documents) relies on.

Pure dataclasses, no lxml. Order is model order (the order of the XML). Ids are those of the file; what has none gets a
placeholder beginning with "?", which `prepare.py` replaces. Nothing here judges: rules do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Timer:
    """One timer definition as written: kind is "date", "duration" or "cycle"; text is a literal or `=FEEL`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """What an event waits for or throws.

    Attributes:
        kind: "timer", "message", "signal", "error", "escalation", "compensation", "conditional", "link", "terminate",
            "cancel". An event without definition has none of these objects.
        ref: id of the message/signal/error/escalation definition, or of the activity to compensate (None = any/all).
        name: resolved name of the message or signal, or the link name; what correlation is done by.
        code: resolved errorCode or escalationCode (None = catches all; a definition without code gets its id).
        timer: for timers.  condition: FEEL text of a conditional event.
        correlation: FEEL text giving the correlation value of a message (None = by registration number only).
    """

    kind: str
    id: str = ""
    ref: str | None = None
    name: str | None = None
    code: str | None = None
    timer: Timer | None = None
    condition: str | None = None
    correlation: str | None = None


@dataclass(frozen=True, slots=True)
class MultiInstance:
    """Multi-instance or standard loop marking of an activity; all expressions are FEEL text."""

    kind: str  # "parallel", "sequential", "loop"
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None  # variable name of the current element
    output_collection: str | None = None
    output_item: str | None = None  # FEEL expression or variable collected from each instance
    completion_condition: str | None = None
    loop_condition: str | None = None
    loop_maximum: int | None = None
    test_before: bool = False


@dataclass(frozen=True, slots=True)
class QualityStandard:
    """Mutu baku of an activity. `words` are those of the source; min/max ISO 8601 durations or None; kalender
    "kerja" (working time) or "kalender" (elapsed time)."""

    no: str = ""
    words: str = ""
    min: str | None = None
    max: str | None = None
    kalender: str = "kerja"
    requirements: tuple[str, ...] = ()  # kelengkapan
    deliverables: tuple[str, ...] = ()  # output


@dataclass(frozen=True, slots=True)
class Lane:
    """One performer column. `role` is sop:pelaksana/@peran, `performer_kind` its @jenis: pemohon|pegawai|eksternal."""

    id: str
    name: str
    role: str | None = None
    performer_kind: str | None = None
    parent: str | None = None
    nodes: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow. `condition` is FEEL text or None; `assumption` the words of sop:asumsi."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None
    condition_language: str | None = None
    assumption: str | None = None
    scope: str = ""  # id of the process or subprocess that contains it
    line: int = 0


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node: activity, event or gateway.

    Attributes:
        kind: the BPMN local name: "userTask", "task", "manualTask", "scriptTask", "serviceTask", "sendTask",
            "receiveTask", "businessRuleTask", "callActivity", "subProcess", "transaction", "adHocSubProcess",
            "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
            "exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway".
        scope: id of the process or subprocess that directly contains it.
        incoming/outgoing: flow ids in model order. default: flow id.
        lane: id of the innermost lane; a node inside a subprocess inherits the subprocess's.
        events: event definitions (of a send or receive task: its message). `parallel_multiple` as in BPMN.
        interrupting: isInterrupting / cancelActivity.
        attached_to: host of a boundary event. boundary: ids of boundary events attached to this node, model order.
        triggered_by_event: an event subprocess. is_for_compensation: a compensation handler.
        compensates: for a compensation boundary event, the handler activity id (from the association).
        script: text of a script task (`name = FEEL` lines); script_format as written.
        called: calledElement of a call activity, decision key of a business rule task, job type of a service task.
        form_key: sop:formulir/@kunci. assignee: see there. quality, remarks, assumption: sop: vocabulary.
    """

    id: str
    kind: str
    scope: str
    name: str = ""
    line: int = 0
    lane: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    default: str | None = None
    events: tuple[EventDefinition, ...] = ()
    parallel_multiple: bool = False
    interrupting: bool = True
    attached_to: str | None = None
    boundary: tuple[str, ...] = ()
    triggered_by_event: bool = False
    is_for_compensation: bool = False
    compensates: str | None = None
    multi: MultiInstance | None = None
    instantiate: bool = False
    script: str | None = None
    script_format: str | None = None
    result_variable: str | None = None
    called: str | None = None
    form_key: str | None = None
    assignee: str | None = None  # sop:penugasan/@kepada: a user name, or `=FEEL` giving one
    quality: QualityStandard | None = None
    documentation: str = ""
    remarks: str = ""
    assumption: str | None = None
    inputs: tuple[tuple[str, str], ...] = ()  # (target variable, FEEL) of io mappings
    outputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """A process or subprocess: its direct nodes and flows in model order; `id` is that of the process/subprocess."""

    id: str
    parent: str | None
    nodes: tuple[str, ...]
    flows: tuple[str, ...]
    triggered_by_event: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """sop:identitas of the SOP, attribute names in English order of the vocabulary; lists are the repeated children."""

    number: str = ""
    created_on: str = ""
    revised_on: str = ""
    effective_on: str = ""
    approved_by: str = ""
    agency: str = ""
    unit: str = ""
    confidentiality: str = "biasa"  # biasa | terbatas | rahasia
    legal_basis: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    source_document: str = ""
    source_lines: str = ""
    source_complete: bool = True
    source_note: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """One executable process with everything in it, subprocess contents included (see `scopes`)."""

    id: str
    name: str
    scopes: Mapping[str, Scope]
    nodes: Mapping[str, Node]
    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...] = ()
    identity: Identity | None = None
    documentation: str = ""
    executable: bool = True
    line: int = 0
    variables: tuple[str, ...] = ()  # names of the data objects and properties drawn in it

    def lane_of(self, node_id: str) -> Lane | None:
        """The lane of a node, or None."""
        lane_id = self.nodes[node_id].lane
        return next((lane for lane in self.lanes if lane.id == lane_id), None)


@dataclass(frozen=True, slots=True)
class Diagram:
    """One file: its processes in model order, and the root definitions by id."""

    processes: tuple[Process, ...]
    messages: Mapping[str, str] = field(default_factory=dict)  # id -> name
    signals: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str | None] = field(default_factory=dict)  # id -> errorCode
    escalations: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def main(self) -> Process:
        """The process that a start runs: the first executable one."""
        return next(process for process in self.processes if process.executable)
