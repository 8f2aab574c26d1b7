"""A start event is where a path begins: flows leave it, none leads to it.

A flow into a start event would start the process again from inside. A start event without outgoing flow starts
nothing; the instance ends at once, which is hardly meant: a warning.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Start events with incoming or without outgoing flows."""
    for node in context.all_nodes():
        if node.kind != "startEvent":
            continue
        if node.incoming:
            yield problem(
                node.id,
                f"Peristiwa mulai {label(node)} mempunyai alur masuk.",
                f"The start event {label(node)} has an incoming flow.",
                "Arahkan alur itu ke kegiatan atau gerbang sesudah peristiwa mulai.",
                "Lead that flow to the activity or gateway behind the start event.",
            )
        if not node.outgoing:
            yield problem(
                node.id,
                f"Peristiwa mulai {label(node)} tidak mempunyai alur keluar; tidak ada yang dimulai.",
                f"The start event {label(node)} has no outgoing flow; it starts nothing.",
                "Sambungkan ke kegiatan pertama.",
                "Connect it to the first activity.",
                "warning",
            )
