"""Everything drawn can be reached from where its process or subprocess starts.

A part without a way from the start never runs: usually a flow was forgotten or deleted. Event subprocesses, boundary
events of reached activities, compensation handlers and link targets are reached without a sequence flow.
"""

from collections.abc import Iterator

from engine.diagram.model import Node, Process, Scope
from engine.diagram.prepare import starts_by_itself
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Nodes that no token reaches. Only the first node of an unreachable part is told."""
    for process in context.diagram.processes:
        for scope in process.scopes.values():
            reached = _reached(process, scope)
            lost = [process.nodes[key] for key in scope.nodes if key not in reached]
            lost_ids = {node.id for node in lost}
            heads = [node for node in lost if not _predecessors(process, node) & lost_ids]
            for node in heads or lost[:1]:
                yield problem(
                    node.id,
                    f"{label(node)} tidak dapat dicapai dari peristiwa mulai; tidak pernah dijalankan.",
                    f"{label(node)} cannot be reached from the start; it never runs.",
                    "Sambungkan ke alur utama, atau hapus.",
                    "Connect it to the main flow, or delete it.",
                    "warning",
                )


def _predecessors(process: Process, node: Node) -> set[str]:
    before = {process.flows[flow].source for flow in node.incoming}
    return (before | {node.attached_to or ""}) - {node.id}


def _reached(process: Process, scope: Scope) -> set[str]:
    nodes = [process.nodes[key] for key in scope.nodes]
    links = {
        (event.name or ""): node.id
        for node in nodes
        if node.kind == "intermediateCatchEvent"
        for event in node.events
        if event.kind == "link"
    }
    starts = [node for node in nodes if node.kind == "startEvent"] or [node for node in nodes if starts_by_itself(node)]
    starts += [node for node in nodes if node.triggered_by_event or node.is_for_compensation]
    starts += [node for node in nodes if node.instantiate and not node.incoming]
    reached: set[str] = set()
    open_nodes = [node.id for node in starts]
    while open_nodes:
        key = open_nodes.pop()
        if key in reached or key not in process.nodes:
            continue
        reached.add(key)
        node = process.nodes[key]
        open_nodes.extend(process.flows[flow].target for flow in node.outgoing)
        open_nodes.extend(node.boundary)
        if node.kind == "intermediateThrowEvent":
            open_nodes.extend(links.get(event.name or "", "") for event in node.events if event.kind == "link")
    return reached
