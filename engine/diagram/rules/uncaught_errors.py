"""Every error that is thrown is caught, or meant to stop the instance.

An error end event that no boundary event or event subprocess around it catches turns into an incident: an
administrator has to decide. That may be intended, so it is a warning.
"""

from collections.abc import Iterator

from engine.diagram.model import Node, Process
from engine.diagram.rule import Context, Problem, label, problem

Caught = dict[str, list[tuple[str, str | None]]]
"""By process or subprocess: the event subprocess and the error code it catches (None: all)."""


def check(context: Context) -> Iterator[Problem]:
    """Error end events that nothing in the file catches."""
    called = {node.called for node in context.run_nodes() if node.kind == "callActivity"}
    for process in context.runnable:
        if process.id in called:
            continue
        handlers = _handlers(process)
        for node in process.nodes.values():
            for event in node.events:
                if (
                    node.kind == "endEvent"
                    and event.kind == "error"
                    and not _caught(process, handlers, node, event.code)
                ):
                    yield problem(
                        node.id,
                        f"Galat {label(node)} tidak ditangkap; permohonan berhenti sebagai insiden.",
                        f"The error {label(node)} is not caught; the instance stops as an incident.",
                        "Tempelkan peristiwa tepi galat pada subproses di luarnya, atau pakai akhir biasa.",
                        "Attach an error boundary event to the enclosing subprocess, or use an ordinary end event.",
                        "warning",
                    )


def _handlers(process: Process) -> Caught:
    found: Caught = {}
    for scope in process.scopes.values():
        if scope.triggered_by_event and scope.parent is not None:
            for start in (process.nodes[key] for key in scope.nodes):
                if start.kind == "startEvent":
                    codes = [(scope.id, event.code) for event in start.events if event.kind == "error"]
                    found.setdefault(scope.parent, []).extend(codes)
    return found


def _caught(process: Process, handlers: Caught, node: Node, code: str | None) -> bool:
    scope = process.scopes[node.scope]
    while True:
        if any(key != node.scope and caught in (None, code) for key, caught in handlers.get(scope.id, ())):
            return True
        host = process.nodes.get(scope.id)
        if host is None or scope.parent is None:
            return False
        events = (event for key in host.boundary for event in process.nodes[key].events)
        if any(event.kind == "error" and event.code in (None, code) for event in events):
            return True
        scope = process.scopes[scope.parent]
