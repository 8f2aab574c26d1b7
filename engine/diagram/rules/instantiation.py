"""What starts a process by itself stands at its beginning.

A receive task or event-based gateway with `instantiate="true"` starts an instance when its message or event arrives;
it has no incoming flow. It does not start anything inside a subprocess.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Instantiating elements with incoming flows, or inside a subprocess."""
    for process in context.diagram.processes:
        for node in process.nodes.values():
            if not node.instantiate:
                continue
            if node.incoming:
                yield problem(
                    node.id,
                    f"{label(node)} memulai proses (instantiate) tetapi mempunyai alur masuk.",
                    f"{label(node)} starts the process (instantiate) but has an incoming flow.",
                    "Hapus alur masuknya atau atribut instantiate.",
                    "Delete the incoming flow or the attribute instantiate.",
                )
            if node.scope != process.id:
                yield problem(
                    node.id,
                    f"{label(node)} memulai proses (instantiate) di dalam subproses.",
                    f"{label(node)} starts the process (instantiate) inside a subprocess.",
                    "Hapus atribut instantiate, atau pindahkan ke tingkat proses.",
                    "Remove the attribute instantiate, or move it to the process level.",
                )
