"""A sequence flow stays inside one process or subprocess.

Source, target and the flow itself belong to the same process or subprocess. Between pools only message flows are
drawn; into and out of a subprocess the token goes through the subprocess itself, its start and its end.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Flows that cross the border of a pool or a subprocess."""
    for flow in context.flows.values():
        source, target = context.nodes.get(flow.source), context.nodes.get(flow.target)
        if source is None or target is None:
            continue
        if context.process_of[source.id] is not context.process_of[target.id]:
            yield problem(
                flow.id,
                f"Alur ini menyeberang dari pool {label(source)} ke pool lain ({label(target)}).",
                f"This sequence flow goes from {label(source)} to {label(target)} in another pool.",
                "Gambar alur pesan (message flow) di antara pool, bukan alur urutan.",
                "Draw a message flow between pools, not a sequence flow.",
            )
        elif source.scope != target.scope:
            yield problem(
                flow.id,
                f"Alur dari {label(source)} ke {label(target)} menembus batas subproses.",
                f"The flow from {label(source)} to {label(target)} crosses the border of a subprocess.",
                "Sambungkan alur ke subprosesnya sendiri, atau pindahkan kedua elemen ke dalam satu subproses.",
                "Connect the flow to the subprocess itself, or put both elements into one subprocess.",
            )
