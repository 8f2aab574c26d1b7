"""An event subprocess stands alone and has exactly one start event.

No sequence flow leads to or leaves a subprocess with `triggeredByEvent="true"`: only its start event starts it.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Event subprocesses with flows, or without exactly one start event."""
    for process in context.diagram.processes:
        for node in process.nodes.values():
            if not node.triggered_by_event:
                continue
            if node.incoming or node.outgoing:
                yield problem(
                    node.id,
                    f"Subproses peristiwa {label(node)} tersambung dengan alur urutan.",
                    f"The event subprocess {label(node)} is connected by sequence flows.",
                    "Hapus alurnya; subproses ini dimulai oleh pemicunya sendiri.",
                    "Delete the flows; the subprocess is started by its own trigger.",
                )
            scope = process.scopes.get(node.id)
            starts = [key for key in scope.nodes if process.nodes[key].kind == "startEvent"] if scope else []
            if len(starts) != 1:
                yield problem(
                    node.id,
                    f"Subproses peristiwa {label(node)} mempunyai {len(starts)} peristiwa mulai; harus tepat satu.",
                    f"The event subprocess {label(node)} has {len(starts)} start events; it needs exactly one.",
                    "Sisakan satu peristiwa mulai dengan pemicunya; buat subproses peristiwa lain untuk pemicu lain.",
                    "Keep one start event with its trigger; draw another event subprocess for another trigger.",
                )
