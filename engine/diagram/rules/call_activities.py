"""A call activity names a process that exists, and does not call itself for ever.

`calledElement` is the id of a process of the same file or the key of a deployed one. A process that calls itself,
directly or through others, needs a way that does not pass the call: otherwise no instance ever ends.
"""

from collections.abc import Iterator
from itertools import islice

from engine.diagram.dialects import is_foreign
from engine.diagram.model import Node, Process
from engine.diagram.prepare import starts_by_itself
from engine.diagram.rule import Context, Problem, label, problem

_MOST_CALLS = 100  # of one process that are looked at for endless recursion


def check(context: Context) -> Iterator[Problem]:
    """Calls of nothing, of the unknown, and endless recursion."""
    own = {process.id: process for process in context.diagram.processes}
    known = context.known_processes
    for node in context.run_nodes():
        if node.kind != "callActivity":
            continue
        if not node.called:
            yield problem(
                node.id,
                f"Aktivitas panggil {label(node)} tidak menyebut proses.",
                f"The call activity {label(node)} names no process.",
                "Tulis kunci proses di calledElement.",
                "Write the key of a process in calledElement.",
            )
        elif is_foreign(node.called) or node.called.startswith("="):
            yield problem(
                node.id,
                f'Proses yang dipanggil {label(node)} ditulis sebagai ungkapan: "{node.called}".',
                f'The process that {label(node)} calls is written as an expression: "{node.called}".',
                "Tulis kunci proses yang tetap; pilih dengan gerbang bila ada beberapa.",
                "Write the fixed key of a process; choose by a gateway when there are several.",
            )
        elif node.called not in own and (known is None or node.called not in known):
            yield problem(
                node.id,
                f'Proses "{node.called}" yang dipanggil {label(node)} '
                + ("tidak ada di berkas ini." if known is None else "tidak ada."),
                f'The process "{node.called}" that {label(node)} calls '
                + ("is not in this file." if known is None else "does not exist."),
                "Unggah dahulu proses itu, atau perbaiki calledElement.",
                "Deploy that process first, or correct calledElement.",
                "warning" if known is None else "error",
            )
    yield from _recursion(context, own)


def _recursion(context: Context, own: dict[str, Process]) -> Iterator[Problem]:
    calls = {
        process.id: {
            node.called: node for node in islice(_own_calls(process, own), _MOST_CALLS) if _unavoidable(process, node)
        }
        for process in context.runnable
    }
    for start, nodes in calls.items():
        for called, node in nodes.items():
            seen, open_ids = set[str](), [called or ""]
            while open_ids:
                key = open_ids.pop()
                if key not in seen:
                    seen.add(key)
                    open_ids.extend(filter(None, calls.get(key, {})))
            if start in seen:
                yield problem(
                    node.id,
                    f"{label(node)} memanggil prosesnya sendiri pada setiap jalan; tidak akan pernah selesai.",
                    f"{label(node)} calls its own process on every path; it never ends.",
                    "Sediakan jalan yang tidak melewati pemanggilan ini.",
                    "Provide a path that does not pass this call.",
                )


def _own_calls(process: Process, own: dict[str, Process]) -> Iterator[Node]:
    return (node for node in process.nodes.values() if node.kind == "callActivity" and node.called in own)


def _unavoidable(process: Process, call: Node) -> bool:
    """Whether every path of the process goes through the call."""
    if call.scope != process.id or call.boundary:
        return False
    nodes = [process.nodes[key] for key in process.scopes[process.id].nodes]
    starts = [node for node in nodes if node.kind == "startEvent"] or [node for node in nodes if starts_by_itself(node)]
    seen, open_nodes = {call.id}, [node.id for node in starts]
    while open_nodes:
        key = open_nodes.pop()
        if key in seen or key not in process.nodes:
            continue
        seen.add(key)
        node = process.nodes[key]
        if not node.outgoing:
            return False
        open_nodes.extend(process.flows[flow].target for flow in node.outgoing)
        open_nodes.extend(node.boundary)
    return True
