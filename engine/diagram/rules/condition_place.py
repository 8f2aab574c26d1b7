"""A condition stands only where it decides something.

Conditions belong on flows that leave an activity or an exclusive, inclusive or complex gateway. After a parallel or
event-based gateway or an event every flow is taken, so a condition there would be ignored. A conditional flow as the
only way out of an activity stops the instance when it is false: a warning.
"""

from collections.abc import Iterator

from engine.diagram.names import ACTIVITIES
from engine.diagram.rule import Context, Problem, label, problem

_DECIDES = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}


def check(context: Context) -> Iterator[Problem]:
    """Conditions that are ignored, and conditional flows without alternative."""
    for flow in context.flows.values():
        source = context.nodes.get(flow.source)
        if flow.condition is None or source is None:
            continue
        if source.kind not in _DECIDES:
            yield problem(
                flow.id,
                f"Kondisi pada alur setelah {label(source)} ({source.kind}) tidak berlaku di sana.",
                f"The condition on the flow behind {label(source)} ({source.kind}) has no meaning there.",
                "Hapus kondisinya, atau letakkan gerbang eksklusif di depan alur ini.",
                "Remove the condition, or put an exclusive gateway before this flow.",
            )
        elif source.kind in ACTIVITIES and len(source.outgoing) == 1:
            yield problem(
                flow.id,
                f"Satu-satunya alur keluar dari {label(source)} berkondisi; bila tidak terpenuhi, permohonan berhenti.",
                f"The only way out of {label(source)} is conditional; when it is false the instance stops.",
                "Tambahkan alur lain atau alur bawaan, atau hapus kondisinya.",
                "Add another flow or a default flow, or remove the condition.",
                "warning",
            )
