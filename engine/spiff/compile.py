"""Compiles a process into a `Program`, once per version: everything a step needs is parsed and looked up here.

What cannot be executed right is refused with every finding at once. Rules that only concern drawing, the SOP
vocabulary or soundness are `engine/diagram/rules`.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.diagram.model import Diagram, Node, Process, Scope
from engine.errors import DiagramRefused
from engine.spiff import specs
from engine.spiff.compile_checks import check_beginning, check_nodes
from engine.spiff.compile_events import event_catches, event_throws
from engine.spiff.compile_parts import Findings, conditions, mappings, parsed_assignee, parsed_loop, parsed_script
from engine.spiff.program import Catch, Element, Link, Plan, Program, Start
from engine.spiff.reach import link_targets, upstream

__all__ = ["Program", "compile_process"]

_WATCHED = frozenset({"timer", "message", "signal", "conditional"})


def compile_process(diagram: Diagram, process: Process | None = None) -> Program:
    """The program of `process` (the diagram's main one if None), with the processes of the file that it calls.

    Raises:
        DiagramRefused: something cannot be executed right; `errors` holds every finding with its element.
    """
    findings: Findings = []
    made: dict[str, Program] = {}
    program = _compile(diagram, process or diagram.main, made, findings)
    if findings:
        raise DiagramRefused(
            f"Expected a diagram that can be executed, but it has {len(findings)} problem(s); "
            f"the first: {findings[0]['element']}: {findings[0]['message']}",
            findings,
        )
    return program


def _compile(diagram: Diagram, process: Process, made: dict[str, Program], findings: Findings) -> Program:
    """Compiles `process` and, through its calls, others of the same file; `made` ends circles of calls."""
    todo, siblings = [process], {other.id: other for other in diagram.processes}
    while todo:
        current = todo.pop()
        if current.id not in made:
            made[current.id] = _program(current, made, findings)
            called = (node.called for node in current.nodes.values() if node.kind == "callActivity")
            todo += [siblings[key] for key in called if key in siblings]
    return made[process.id]


def _program(process: Process, siblings: dict[str, Program], findings: Findings) -> Program:
    spec, _inner, tasks = specs.build(process)
    elements = {key: _element(process, process.nodes[key], task, findings) for key, task in tasks.items()}
    check_nodes(process, findings)
    elements = {key: _with_surroundings(process, element, elements) for key, element in elements.items()}
    plans = {scope.id: _plan(process, scope, elements) for scope in process.scopes.values()}
    for scope in process.scopes.values():
        check_beginning(process, scope, plans[scope.id], elements, findings)
    elements = _with_memory(elements, plans)
    return Program(
        process=process,
        spec=spec,
        elements=elements,
        plans=plans,
        starts=_starts(process, elements),
        may_join_late=any(element.upstream or element.behaviour == "call" for element in elements.values()),
        siblings=siblings,
    )


def _element(process: Process, node: Node, spec: Any, findings: Findings) -> Element:
    flows = [process.flows[key] for key in node.outgoing if process.flows[key].target in process.nodes]
    found = conditions(node, flows, findings)
    links = tuple(Link(flow.id, flow.target, found.get(flow.id)) for flow in flows)
    default = next((link for link in links if link.id == node.default), None)
    behaviour = specs.BEHAVIOUR_OF[type(spec)]
    decides = behaviour in ("exclusive", "inclusive") and len(links) > 1
    return Element(
        id=node.id,
        node=node,
        spec=spec,
        behaviour=behaviour,
        lane=process.lane_of(node.id),
        links=links,
        default=default,
        conditional=decides or any(link.condition for link in links),
        incoming=node.incoming,
        catches=event_catches(node, findings),
        throws=event_throws(node, findings),
        loop=parsed_loop(node, findings),
        script=parsed_script(node, findings),
        inputs=mappings(node, node.inputs, findings),
        outputs=mappings(node, node.outputs, findings),
        assignee=parsed_assignee(node, findings),
        upstream=upstream(process, node.id) if behaviour == "inclusive" and len(node.incoming) > 1 else {},
    )


def _with_surroundings(process: Process, element: Element, elements: Mapping[str, Element]) -> Element:
    """Adds what other elements contribute: boundary events, events behind a gateway, link target, handler."""
    node = element.node
    attached = tuple(catch for key in node.boundary if key in elements for catch in elements[key].catches)
    changes: dict[str, Any] = {}
    if attached:
        changes["attached"] = attached
        changes["boundary"] = tuple(catch for catch in attached if catch.kind in _WATCHED)
    if element.behaviour == "event_based":
        changes["catches"] = tuple(
            catch for link in element.links if link.target in elements for catch in elements[link.target].catches
        )
    if element.behaviour == "link":
        changes["link_target"] = next(iter(link_targets(process, element.id)), None)
    if element.behaviour == "catch" and not element.catches:
        changes["behaviour"] = "pass"  # a link catch event
    handlers = (process.nodes[key].compensates for key in node.boundary if key in process.nodes)
    handler = next((key for key in handlers if key in elements), None)
    if handler is not None:
        changes["handler"] = handler
    return replace(element, **changes) if changes else element


def _plan(process: Process, scope: Scope, elements: Mapping[str, Element]) -> Plan:
    inside = [elements[key] for key in scope.nodes if key in elements]
    triggers: list[Catch] = []
    handlers: dict[str, str] = {}
    compensation = None
    for element in inside:
        if element.behaviour == "event_subprocess":
            for start in _start_events(process, element.id, elements):
                handlers[start.id] = element.id
                triggers += start.catches
                if any(event.kind == "compensation" for event in start.node.events):
                    compensation = start.id
    return Plan(
        id=scope.id,
        first=_first(inside),
        triggers=tuple(triggers),
        handlers=handlers,
        compensation=compensation,
    )


def _start_events(process: Process, scope_id: str, elements: Mapping[str, Element]) -> list[Element]:
    nodes = process.scopes[scope_id].nodes if scope_id in process.scopes else ()
    return [elements[key] for key in nodes if process.nodes[key].kind == "startEvent"]


def _first(inside: list[Element]) -> tuple[str, ...]:
    """Where tokens start: the none start event, or, in a scope without any start event, what nothing leads to."""
    starts = [element for element in inside if element.behaviour == "start"]
    if starts:
        return tuple(element.id for element in starts if not element.node.events)[:1]
    if any(element.node.instantiate for element in inside):
        return ()
    return tuple(element.id for element in inside if _begins_by_itself(element))


def _begins_by_itself(element: Element) -> bool:
    node = element.node
    is_link = node.kind == "intermediateCatchEvent" and any(event.kind == "link" for event in node.events)
    is_attached = node.attached_to is not None or node.is_for_compensation
    return not (element.incoming or is_link or is_attached or element.behaviour == "event_subprocess")


def _with_memory(elements: dict[str, Element], plans: Mapping[str, Plan]) -> dict[str, Element]:
    """Marks what must be remembered when it completes; nothing if the process compensates nothing."""
    if not any(thrown.kind in ("compensation", "cancel") for e in elements.values() for thrown in e.throws):
        return elements
    marked: set[str] = set()
    for element in elements.values():
        plan = plans.get(element.id)
        if element.handler is not None or (plan is not None and plan.compensation is not None):
            key: str | None = element.id
            while key is not None and key in elements:
                marked.add(key)
                key = elements[key].node.scope
    return {
        key: replace(element, compensable=True) if key in marked and not element.node.triggered_by_event else element
        for key, element in elements.items()
    }


def _starts(process: Process, elements: Mapping[str, Element]) -> tuple[Start, ...]:
    found: list[Start] = []
    for key in process.scopes[process.id].nodes:
        element = elements.get(key)
        if element is None:
            continue
        if element.behaviour == "start":
            found += _start_kinds(element, element.node)
        elif element.node.instantiate and element.behaviour == "event_based":
            for link in element.links:
                found += _start_kinds(elements[link.target], elements[link.target].node)
        elif element.node.instantiate:
            found += _start_kinds(element, element.node)
    if not found:
        scope = process.scopes[process.id]
        inside = [elements[key] for key in scope.nodes if key in elements]
        found = [Start(key, "none") for key in _first(inside)]
    return tuple(found)


def _start_kinds(element: Element, node: Node) -> list[Start]:
    if not node.events:
        return [Start(element.id, "none")]
    return [Start(element.id, event.kind, event.name, event.timer) for event in node.events]
