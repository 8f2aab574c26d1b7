"""From everywhere the flow can come to an end.

A loop without way out never ends the instance. Inside a subprocess with an interrupting boundary event, or beside an
interrupting event subprocess, the loop is left from outside and may be meant.
"""

from collections.abc import Iterator

from engine.diagram.model import Process
from engine.diagram.rule import Context, Problem, label, path_text, problem


def check(context: Context) -> Iterator[Problem]:
    """Loops that nothing leaves."""
    for process, verdict in context.behaviour:
        inside = [key for key in verdict.livelock if key in process.nodes]
        if not inside or _left_from_outside(process, verdict.scope):
            continue
        node = process.nodes[inside[-1]]
        path = path_text(process, verdict.livelock)
        yield problem(
            node.id,
            f"Alur di sekitar {label(node)} berputar tanpa jalan keluar. Jalur: {path}.",
            f"The flow around {label(node)} goes round without a way out. Path: {path}.",
            "Tambahkan cabang yang meninggalkan putaran ini menuju akhir.",
            "Add a branch that leaves the loop for an end event.",
            related=verdict.livelock,
        )


def _left_from_outside(process: Process, scope_id: str) -> bool:
    key: str | None = scope_id
    while key is not None:
        host = process.nodes.get(key)
        if host is not None and any(process.nodes[event].interrupting for event in host.boundary):
            return True
        for inner in process.scopes[key].nodes:
            scope = process.scopes.get(inner)
            if scope is not None and scope.triggered_by_event:
                starts = (process.nodes[start] for start in scope.nodes)
                if any(start.kind == "startEvent" and start.interrupting for start in starts):
                    return True
        key = process.scopes[key].parent
    return False
