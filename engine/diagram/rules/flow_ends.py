"""A sequence flow leads from one flow node to another.

Both `sourceRef` and `targetRef` must name an activity, event or gateway of the file. A flow that ends in nothing
loses the token that takes it.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem


def check(context: Context) -> Iterator[Problem]:
    """Flows whose source or target is missing or no flow node."""
    for flow in context.flows.values():
        for end, attribute, what_id, what_en in (
            (flow.source, "sourceRef", "berangkat dari", "comes from"),
            (flow.target, "targetRef", "menuju", "leads to"),
        ):
            if end in context.nodes:
                continue
            other = context.element(end) if end else None
            shown = f'"{end}"' if end else "-"
            kind = other.tag if other is not None else ""
            yield Problem(
                flow.id,
                (
                    f"Alur {what_id} {shown}, " + (f"sebuah {kind}." if kind else "yang tidak ada di diagram."),
                    f"The flow {what_en} {shown}, " + (f"a {kind}." if kind else "which is not in the diagram."),
                ),
                (
                    f"Sambungkan ulang alur ini (atribut {attribute}) ke kegiatan, peristiwa atau gerbang, atau hapus.",
                    f"Connect the flow ({attribute}) to an activity, event or gateway, or delete it.",
                ),
            )
