"""An event-based gateway leads to events, and only to events.

Each of its flows (two or more) leads to a catching event (message, timer, signal, condition) or a receive task that
has no other incoming flow; a receive task there has no boundary events, and receive tasks and message events do not
stand together.
"""

from collections.abc import Iterator

from engine.diagram.model import Node
from engine.diagram.rule import Context, Problem, label, problem

_TRIGGERS = frozenset({"message", "timer", "signal", "conditional"})


def check(context: Context) -> Iterator[Problem]:
    """Event-based gateways that wait for something else than events."""
    for node in context.all_nodes():
        if node.kind != "eventBasedGateway":
            continue
        if len(node.outgoing) < 2:
            yield problem(
                node.id,
                f"Gerbang peristiwa {label(node)} mempunyai {len(node.outgoing)} alur keluar; perlu dua atau lebih.",
                f"The event-based gateway {label(node)} has {len(node.outgoing)} outgoing flows; it needs two or more.",
                "Tambahkan peristiwa yang ditunggu, atau pakai satu peristiwa antara tanpa gerbang.",
                "Add an event to wait for, or use a single intermediate event without gateway.",
            )
        targets = [context.nodes[end] for flow in node.outgoing if (end := context.flows[flow].target) in context.nodes]
        for target in targets:
            yield from _target(node, target)
        yield from _mixed(node, targets)


def _target(node: Node, target: Node) -> Iterator[Problem]:
    waits = target.kind == "receiveTask" or (
        target.kind == "intermediateCatchEvent" and all(event.kind in _TRIGGERS for event in target.events)
    )
    if not waits:
        yield problem(
            target.id,
            f"{label(target)} berada setelah gerbang peristiwa {label(node)} tetapi bukan peristiwa tunggu.",
            f"{label(target)} stands behind the event-based gateway {label(node)} but waits for no event.",
            "Letakkan peristiwa pesan, waktu, sinyal atau kondisi di depannya, atau pakai gerbang eksklusif.",
            "Put a message, timer, signal or conditional event before it, or use an exclusive gateway.",
        )
    elif len(target.incoming) > 1:
        yield problem(
            target.id,
            f"{label(target)} setelah gerbang peristiwa {label(node)} mempunyai alur masuk lain.",
            f"{label(target)} behind the event-based gateway {label(node)} has another incoming flow.",
            "Sisakan hanya alur dari gerbang itu.",
            "Keep only the flow from that gateway.",
        )
    if target.kind == "receiveTask" and target.boundary:
        yield problem(
            target.id,
            f"Tugas terima {label(target)} setelah gerbang peristiwa tidak boleh mempunyai peristiwa tepi.",
            f"The receive task {label(target)} behind an event-based gateway must not have boundary events.",
            "Jadikan peristiwa tepi itu cabang gerbang.",
            "Make the boundary event a branch of the gateway.",
        )


def _mixed(node: Node, targets: list[Node]) -> Iterator[Problem]:
    receives = any(target.kind == "receiveTask" for target in targets)
    messages = any(event.kind == "message" for t in targets if t.kind != "receiveTask" for event in t.events)
    if receives and messages:
        yield problem(
            node.id,
            f"Gerbang {label(node)} mencampur tugas terima dan peristiwa pesan.",
            f"The gateway {label(node)} mixes receive tasks and message events.",
            "Pakai salah satu jenis saja.",
            "Use one of the two kinds only.",
        )
