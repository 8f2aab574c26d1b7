"""A boundary event has a trigger that BPMN allows there.

Allowed: message, timer, signal, escalation, conditional (interrupting or not), error, compensation (always
interrupting), cancel (only on a transaction). Without trigger it can never occur.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem

_ALLOWED = frozenset({"message", "timer", "signal", "escalation", "conditional", "error", "compensation", "cancel"})
_ALWAYS_INTERRUPTING = frozenset({"error", "cancel"})


def check(context: Context) -> Iterator[Problem]:
    """Boundary events without trigger or with one that is not allowed there."""
    for node in context.all_nodes():
        if node.kind != "boundaryEvent":
            continue
        kinds = [event.kind for event in node.events]
        if not kinds:
            yield problem(
                node.id,
                f"Peristiwa tepi {label(node)} tidak mempunyai pemicu.",
                f"The boundary event {label(node)} has no trigger.",
                "Pilih pemicunya: waktu, pesan, sinyal, galat, eskalasi atau kondisi.",
                "Choose its trigger: timer, message, signal, error, escalation or condition.",
            )
        for kind in kinds:
            if kind not in _ALLOWED:
                yield problem(
                    node.id,
                    f"Pemicu {kind} tidak boleh dipakai pada peristiwa tepi {label(node)}.",
                    f"The trigger {kind} is not allowed on the boundary event {label(node)}.",
                    "Pilih pemicu waktu, pesan, sinyal, galat, eskalasi, kondisi atau kompensasi.",
                    "Choose a timer, message, signal, error, escalation, condition or compensation.",
                )
            if kind in _ALWAYS_INTERRUPTING and not node.interrupting:
                yield problem(
                    node.id,
                    f"Peristiwa tepi {label(node)} dengan pemicu {kind} selalu memotong kegiatannya.",
                    f"The boundary event {label(node)} with the trigger {kind} always interrupts its activity.",
                    'Hapus cancelActivity="false".',
                    'Remove cancelActivity="false".',
                )
        host = context.nodes.get(node.attached_to or "")
        if "cancel" in kinds and host is not None and host.kind != "transaction":
            yield problem(
                node.id,
                f"Pembatalan {label(node)} hanya boleh menempel pada transaksi.",
                f"The cancel event {label(node)} may only be attached to a transaction.",
                "Jadikan subprosesnya transaksi, atau pakai peristiwa galat.",
                "Make the subprocess a transaction, or use an error event.",
            )
