"""An intermediate event waits for, or throws, something that BPMN allows there.

Catching: message, timer, signal, condition, link; a trigger is needed. Throwing: none, message, signal, escalation,
compensation, link. Errors, cancellations and terminations are thrown by end events only.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem

_CATCH = frozenset({"message", "timer", "signal", "conditional", "link"})
_THROW = frozenset({"message", "signal", "escalation", "compensation", "link"})


def check(context: Context) -> Iterator[Problem]:
    """Intermediate events without trigger or with a wrong one."""
    for node in context.all_nodes():
        if node.kind not in ("intermediateCatchEvent", "intermediateThrowEvent"):
            continue
        catching = node.kind == "intermediateCatchEvent"
        if catching and not node.events:
            yield problem(
                node.id,
                f"Peristiwa tunggu {label(node)} tidak mempunyai pemicu; akan menunggu selamanya.",
                f"The catching event {label(node)} has no trigger; it would wait for ever.",
                "Pilih pemicunya: waktu, pesan, sinyal atau kondisi.",
                "Choose its trigger: timer, message, signal or condition.",
            )
        for event in node.events:
            if event.kind not in (_CATCH if catching else _THROW):
                yield problem(
                    node.id,
                    f"{event.kind} tidak boleh dipakai pada peristiwa antara {label(node)}.",
                    f"{event.kind} is not allowed on the intermediate event {label(node)}.",
                    "Pindahkan ke peristiwa tepi atau peristiwa akhir.",
                    "Use a boundary event or an end event for it.",
                )
