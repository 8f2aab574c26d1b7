"""An end event is where a path ends: flows lead to it, none leaves it.

An end event without incoming flow is never reached (a warning).
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """End events with outgoing or without incoming flows."""
    for node in context.all_nodes():
        if node.kind != "endEvent":
            continue
        if node.outgoing:
            yield problem(
                node.id,
                f"Peristiwa akhir {label(node)} mempunyai alur keluar.",
                f"The end event {label(node)} has an outgoing flow.",
                "Hapus alur itu, atau ganti peristiwa akhir dengan peristiwa antara.",
                "Delete that flow, or replace the end event by an intermediate event.",
            )
        if not node.incoming:
            yield problem(
                node.id,
                f"Peristiwa akhir {label(node)} tidak mempunyai alur masuk; tidak pernah tercapai.",
                f"The end event {label(node)} has no incoming flow; it is never reached.",
                "Sambungkan kegiatan terakhir ke peristiwa akhir ini, atau hapus.",
                "Connect the last activity to this end event, or delete it.",
                "warning",
            )
