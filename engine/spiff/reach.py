"""Which elements can still bring a token to an inclusive join (BPMN 2.0.2, 13.4.3), precomputed per incoming flow."""

from collections.abc import Mapping

from engine.diagram.model import Process


def upstream(process: Process, join: str) -> Mapping[str, frozenset[str]]:
    """For each incoming flow of `join`, the elements from which it can be reached without passing the join.

    A token in an activity may also leave by its boundary events, one before a link throw event by its catch.
    """
    before = _predecessors(process)
    return {flow: _reaching(before, process.flows[flow].source, join) for flow in process.nodes[join].incoming}


def _predecessors(process: Process) -> dict[str, set[str]]:
    before: dict[str, set[str]] = {key: set() for key in process.nodes}
    for flow in process.flows.values():
        if flow.target in before and flow.source in before:
            before[flow.target].add(flow.source)
    for node in process.nodes.values():
        if node.attached_to in process.nodes:
            before[node.id].add(str(node.attached_to))
        if node.kind == "intermediateThrowEvent":
            for catch in link_targets(process, node.id):
                before[catch].add(node.id)
    return before


def link_targets(process: Process, throw: str) -> list[str]:
    """The link catch events of the same scope that bear the name of a link throw event."""
    node = process.nodes[throw]
    names = {event.name for event in node.events if event.kind == "link"}
    return [
        other.id
        for other in process.nodes.values()
        if other.kind == "intermediateCatchEvent"
        and other.scope == node.scope
        and any(event.kind == "link" and event.name in names for event in other.events)
    ]


def _reaching(before: Mapping[str, set[str]], source: str, join: str) -> frozenset[str]:
    found: set[str] = set()
    todo = [source]
    while todo:
        key = todo.pop()
        if key != join and key in before and key not in found:
            found.add(key)
            todo.extend(before[key])
    return frozenset(found)
