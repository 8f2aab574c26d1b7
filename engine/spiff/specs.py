"""A process as SpiffWorkflow specifications, built by constructor: the only module that imports SpiffWorkflow.

Its recursive XML parser and its task tree are not used (docs/decisions/0002); its specs say what each element is,
and `compile.py` chooses by their class how the token loop runs it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs import defaults as spiff
from SpiffWorkflow.bpmn.specs import event_definitions as events
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.diagram.model import EventDefinition, Flow, Node, Process, Scope

_RESERVED = frozenset({"Start", "End", "Root"})  # names that SpiffWorkflow gives to specs of its own


class DecisionTask(spiff.ServiceTask):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A business rule task; SpiffWorkflow's own one knows only its own DMN engine."""


class LinkThrow(spiff.IntermediateThrowEvent):  # type: ignore[misc]
    """A link throw event, which SpiffWorkflow does not know."""


BEHAVIOUR_OF: Mapping[type[Any], str] = {
    spiff.UserTask: "task",
    spiff.ManualTask: "task",
    spiff.NoneTask: "task",
    spiff.ScriptTask: "script",
    spiff.ServiceTask: "job",
    DecisionTask: "rule",
    spiff.SendTask: "send",
    spiff.ReceiveTask: "catch",
    spiff.CallActivity: "call",
    spiff.SubWorkflowTask: "subprocess",
    spiff.TransactionSubprocess: "subprocess",
    spiff.EventSubprocess: "event_subprocess",
    spiff.ExclusiveGateway: "exclusive",
    spiff.ParallelGateway: "parallel",
    spiff.InclusiveGateway: "inclusive",
    spiff.EventBasedGateway: "event_based",
    spiff.StartEvent: "start",
    spiff.EndEvent: "end",
    spiff.IntermediateCatchEvent: "catch",
    spiff.IntermediateThrowEvent: "throw",
    LinkThrow: "link",
    spiff.BoundaryEvent: "pass",
}
_PLAIN: Mapping[str, type[Any]] = {
    "userTask": spiff.UserTask,
    "manualTask": spiff.ManualTask,
    "task": spiff.NoneTask,
    "serviceTask": spiff.ServiceTask,
    "businessRuleTask": DecisionTask,
    "exclusiveGateway": spiff.ExclusiveGateway,
    "parallelGateway": spiff.ParallelGateway,
    "inclusiveGateway": spiff.InclusiveGateway,
}
_WITH_EVENT: Mapping[str, type[Any]] = {
    "startEvent": spiff.StartEvent,
    "endEvent": spiff.EndEvent,
    "intermediateCatchEvent": spiff.IntermediateCatchEvent,
    "intermediateThrowEvent": spiff.IntermediateThrowEvent,
    "sendTask": spiff.SendTask,
    "receiveTask": spiff.ReceiveTask,
}
RUNNABLE = frozenset({*_PLAIN, *_WITH_EVENT, "scriptTask", "callActivity", "subProcess", "transaction",
                      "eventBasedGateway", "boundaryEvent"})  # fmt: skip


def build(process: Process) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """The process as a SpiffWorkflow spec.

    Returns:
        The spec of the process, those of its subprocesses by id, and the task spec of every runnable node by id.
    """
    by_scope = {scope.id: BpmnProcessSpec(name=scope.id) for scope in process.scopes.values()}
    tasks: dict[str, Any] = {}
    for node in process.nodes.values():
        if node.kind in RUNNABLE:
            tasks[node.id] = _task_spec(by_scope[node.scope], node)
    for scope in process.scopes.values():
        _connect(by_scope[scope.id], process, scope, tasks)
    inner = {key: spec for key, spec in by_scope.items() if key != process.id}
    return by_scope[process.id], inner, tasks


def _task_spec(owner: Any, node: Node) -> Any:
    name = f"{node.id}#" if node.id in _RESERVED or node.id in owner.task_specs else node.id
    common = {"bpmn_name": node.name, "lane": node.lane, "documentation": node.documentation}
    spec = _construct(owner, name, node, common)
    spec.bpmn_id = node.id
    return spec


def _construct(owner: Any, name: str, node: Node, common: dict[str, Any]) -> Any:
    if node.kind in _PLAIN:
        return _PLAIN[node.kind](owner, name, **common)
    if node.kind in _WITH_EVENT:
        is_link = node.kind == "intermediateThrowEvent" and any(event.kind == "link" for event in node.events)
        class_ = LinkThrow if is_link else _WITH_EVENT[node.kind]
        return class_(owner, name, event_definition=_event(node), **common)
    if node.kind == "scriptTask":
        return spiff.ScriptTask(owner, name, script=node.script or "", **common)
    if node.kind == "callActivity":
        return spiff.CallActivity(owner, name, node.called or "", **common)
    if node.kind == "eventBasedGateway":
        return spiff.EventBasedGateway(owner, name, event_definition=events.MultipleEventDefinition(), **common)
    if node.kind == "boundaryEvent":
        return spiff.BoundaryEvent(owner, name, _event(node), node.interrupting, **common)
    if node.triggered_by_event:
        return spiff.EventSubprocess(owner, name, node.id, **common)
    if node.kind == "transaction":
        return spiff.TransactionSubprocess(owner, name, node.id, **common)
    return spiff.SubWorkflowTask(owner, name, node.id, **common)


def _event(node: Node) -> Any:
    definitions = [_DEFINITIONS[event.kind](event) for event in node.events if event.kind in _DEFINITIONS]
    if not definitions:
        return events.NoneEventDefinition()
    if len(definitions) == 1:
        return definitions[0]
    return events.MultipleEventDefinition(definitions, parallel=node.parallel_multiple)


def _timer(event: EventDefinition) -> Any:
    classes = {
        "date": events.TimeDateEventDefinition,
        "duration": events.DurationTimerEventDefinition,
        "cycle": events.CycleTimerEventDefinition,
    }
    return classes[event.timer.kind](event.id, event.timer.text) if event.timer else events.NoneEventDefinition()


_DEFINITIONS: Mapping[str, Callable[[EventDefinition], Any]] = {
    "timer": _timer,
    "message": lambda event: events.MessageEventDefinition(event.name or event.id),
    "signal": lambda event: events.SignalEventDefinition(event.name or event.id),
    "error": lambda event: events.ErrorEventDefinition(event.name or event.id, code=event.code),
    "escalation": lambda event: events.EscalationEventDefinition(event.name or event.id, code=event.code),
    "conditional": lambda event: events.ConditionalEventDefinition(event.condition or ""),
    "terminate": lambda event: events.TerminateEventDefinition(),
    "cancel": lambda event: events.CancelEventDefinition(),
}


def _connect(owner: Any, process: Process, scope: Scope, tasks: Mapping[str, Any]) -> None:
    for key in scope.nodes:
        node, spec = process.nodes[key], tasks.get(key)
        if spec is None:
            continue
        if node.kind == "startEvent":
            owner.start.connect(spec)
        flows = [process.flows[flow] for flow in node.outgoing]
        for flow in flows:
            if flow.target in tasks:
                _connect_flow(node, spec, flow, tasks[flow.target])
        if not flows and node.kind != "boundaryEvent":
            spec.connect(owner.end)


def _connect_flow(node: Node, spec: Any, flow: Flow, target: Any) -> None:
    decides = isinstance(spec, spiff.ExclusiveGateway | spiff.InclusiveGateway)
    if isinstance(spec, spiff.EventBasedGateway):
        if hasattr(target, "event_definition"):
            spec._outputs.append(target.name)  # its own connect() would take the event away from the target
            target._connect_notify(spec)
    elif decides and flow.id != node.default:
        spec.connect_outgoing_if(flow.condition, target)
    else:
        spec.connect(target)
