"""A default flow leaves the element that names it and carries no condition.

`default` is allowed on activities and on exclusive, inclusive and complex gateways. It is taken when no condition
holds, so a condition of its own has no meaning.
"""

from collections.abc import Iterator

from engine.diagram.names import ACTIVITIES
from engine.diagram.rule import Context, Problem, label, problem

_MAY_HAVE = ACTIVITIES | {"exclusiveGateway", "inclusiveGateway", "complexGateway"}


def check(context: Context) -> Iterator[Problem]:
    """Default flows of another element, on the wrong element, or with a condition."""
    for node in context.all_nodes():
        if node.default is None:
            continue
        flow = context.flows.get(node.default)
        if node.kind not in _MAY_HAVE:
            yield problem(
                node.id,
                f"{label(node)} ({node.kind}) tidak boleh mempunyai alur bawaan.",
                f"{label(node)} ({node.kind}) must not have a default flow.",
                "Hapus atribut default.",
                "Remove the attribute default.",
            )
        elif flow is None or flow.source != node.id:
            what = "tidak ada" if flow is None else "tidak berangkat dari elemen ini"
            what_en = "does not exist" if flow is None else "does not leave this element"
            yield problem(
                node.id,
                f'Alur bawaan "{node.default}" dari {label(node)} {what}.',
                f'The default flow "{node.default}" of {label(node)} {what_en}.',
                "Pilih salah satu alur keluar elemen ini sebagai alur bawaan.",
                "Choose one of the outgoing flows of this element as its default.",
            )
        elif flow.condition is not None:
            yield problem(
                flow.id,
                f"Alur bawaan dari {label(node)} mempunyai kondisi, yang tidak pernah diperiksa.",
                f"The default flow of {label(node)} has a condition, which is never looked at.",
                "Hapus kondisinya, atau pilih alur lain sebagai alur bawaan.",
                "Remove the condition, or make another flow the default.",
                "warning",
            )
