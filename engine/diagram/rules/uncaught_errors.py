"""Every error that is thrown is caught, or meant to stop the instance.

An error end event that no boundary event or event subprocess around it catches turns into an incident: an
administrator has to decide. That may be intended, so it is a warning.
"""

from collections.abc import Iterator

from engine.diagram.model import Node, Process
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Error end events that nothing in the file catches."""
    called = {node.called for node in context.run_nodes() if node.kind == "callActivity"}
    for process in context.runnable:
        if process.id in called:
            continue
        for node in process.nodes.values():
            for event in node.events:
                if node.kind == "endEvent" and event.kind == "error" and not _caught(process, node, event.code):
                    yield problem(
                        node.id,
                        f"Galat {label(node)} tidak ditangkap; permohonan berhenti sebagai insiden.",
                        f"The error {label(node)} is not caught; the instance stops as an incident.",
                        "Tempelkan peristiwa tepi galat pada subproses di luarnya, atau pakai akhir biasa.",
                        "Attach an error boundary event to the enclosing subprocess, or use an ordinary end event.",
                        "warning",
                    )


def _caught(process: Process, node: Node, code: str | None) -> bool:
    scope = process.scopes[node.scope]
    while True:
        for key in scope.nodes:
            inner = process.scopes.get(key) if key != node.scope else None
            handlers = inner.nodes if inner is not None and inner.triggered_by_event else ()
            if any(_catches(process.nodes[start], code) for start in handlers):
                return True
        host = process.nodes.get(scope.id)
        if host is None or scope.parent is None:
            return False
        if any(_catches(process.nodes[key], code) for key in host.boundary):
            return True
        scope = process.scopes[scope.parent]


def _catches(node: Node, code: str | None) -> bool:
    if node.kind not in ("startEvent", "boundaryEvent"):
        return False
    return any(event.kind == "error" and event.code in (None, code) for event in node.events)
