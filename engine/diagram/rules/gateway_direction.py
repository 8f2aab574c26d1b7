"""A gateway splits or joins as its direction says.

`gatewayDirection="Converging"` allows one outgoing flow, `"Diverging"` one incoming, `"Mixed"` needs several of both.
A gateway with one way in and one way out decides nothing (warning).
"""

from collections.abc import Iterator

from engine.diagram.names import GATEWAYS
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Gateways whose flows contradict their direction."""
    for node in context.all_nodes():
        if node.kind not in GATEWAYS:
            continue
        direction = context.source.attribute(node.id, "gatewayDirection")
        ins, outs = len(node.incoming), len(node.outgoing)
        if (
            (direction == "Converging" and outs > 1)
            or (direction == "Diverging" and ins > 1)
            or (direction == "Mixed" and (ins < 2 or outs < 2))
        ):
            yield problem(
                node.id,
                f"Gerbang {label(node)} bertanda {direction} tetapi mempunyai {ins} alur masuk dan {outs} alur keluar.",
                f"The gateway {label(node)} is marked {direction} but has {ins} incoming and {outs} outgoing flows.",
                "Perbaiki alurnya atau atribut gatewayDirection.",
                "Correct the flows or the attribute gatewayDirection.",
            )
        elif ins <= 1 and outs == 1:
            yield problem(
                node.id,
                f"Gerbang {label(node)} hanya punya satu jalan masuk dan satu jalan keluar; tidak memutuskan.",
                f"The gateway {label(node)} has one way in and one way out; it decides nothing.",
                "Hapus gerbangnya, atau gambar cabangnya.",
                "Delete the gateway, or draw its branches.",
                "warning",
            )
