"""An end event has a result that BPMN allows there.

Allowed: none, message, signal, error, escalation, compensation, terminate, and cancel inside a transaction. Timer,
condition and link cannot be results.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem

_ALLOWED = frozenset({"message", "signal", "error", "escalation", "compensation", "terminate", "cancel"})


def check(context: Context) -> Iterator[Problem]:
    """End events with a wrong result."""
    for node in context.all_nodes():
        if node.kind != "endEvent":
            continue
        for event in node.events:
            if event.kind not in _ALLOWED:
                yield problem(
                    node.id,
                    f"Hasil {event.kind} tidak boleh dipakai pada peristiwa akhir {label(node)}.",
                    f"The result {event.kind} is not allowed on the end event {label(node)}.",
                    "Pakai peristiwa antara sebelum peristiwa akhir, atau pilih hasil lain.",
                    "Use an intermediate event before the end event, or choose another result.",
                )
            elif event.kind == "cancel" and not _in_transaction(context, node.scope):
                yield problem(
                    node.id,
                    f"Akhir pembatalan {label(node)} berada di luar transaksi.",
                    f"The cancel end event {label(node)} stands outside a transaction.",
                    "Letakkan di dalam transaksi, atau pakai akhir galat.",
                    "Put it inside a transaction, or use an error end event.",
                )


def _in_transaction(context: Context, scope: str) -> bool:
    node = context.nodes.get(scope)
    while node is not None:
        if node.kind == "transaction":
            return True
        node = context.nodes.get(node.scope)
    return False
