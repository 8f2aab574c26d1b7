"""Compensation has a handler, and something to compensate.

A compensation boundary event is joined by an association (not a sequence flow) to a handler activity marked
`isForCompensation`, which has no sequence flows. A compensation throw or end event that finds nothing to compensate
does nothing (warning); one that names an activity without handler is an error.
"""

from collections.abc import Iterator

from engine.diagram.model import Node, Process
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Boundary events without handler, handlers in the flow, throws of nothing."""
    for process in context.diagram.processes:
        compensable = _compensable(process)
        handlers = {node.compensates or "" for node in process.nodes.values()}
        for node in process.nodes.values():
            if node.is_for_compensation:
                yield from _handler(node, handlers)
            for event in node.events:
                if event.kind != "compensation" or node.kind == "startEvent":
                    continue
                if node.kind == "boundaryEvent":
                    yield from _boundary(process, node)
                elif event.ref is not None and event.ref in process.nodes and event.ref not in compensable:
                    yield problem(
                        node.id,
                        f'{label(node)} mengompensasi "{event.ref}", yang tidak mempunyai penanganan kompensasi.',
                        f'{label(node)} compensates "{event.ref}", which has no compensation handler.',
                        "Tempelkan peristiwa kompensasi dengan penanganannya pada kegiatan itu.",
                        "Attach a compensation event with its handler to that activity.",
                    )
                elif not compensable:
                    yield problem(
                        node.id,
                        f"{label(node)} melempar kompensasi, tetapi tidak ada yang dapat dikompensasi.",
                        f"{label(node)} throws compensation, but there is nothing to compensate.",
                        "Tempelkan peristiwa kompensasi pada kegiatannya, atau hapus peristiwa ini.",
                        "Attach a compensation event to the activity, or delete this event.",
                        "warning",
                    )


def _compensable(process: Process) -> set[str]:
    """Activities with a handler, and the subprocesses around them."""
    found: set[str] = set()
    for node in process.nodes.values():
        if any(event.kind == "compensation" for event in node.events):
            start = node.attached_to if node.kind == "boundaryEvent" else None
            if node.kind == "startEvent":
                start = node.scope
            while start and start in process.nodes:
                found.add(start)
                start = process.nodes[start].scope
    return found


def _boundary(process: Process, node: Node) -> Iterator[Problem]:
    handler = process.nodes.get(node.compensates or "")
    if node.outgoing:
        yield problem(
            node.id,
            f"Peristiwa kompensasi {label(node)} mempunyai alur urutan keluar.",
            f"The compensation event {label(node)} has an outgoing sequence flow.",
            "Ganti alur itu dengan asosiasi ke kegiatan penanganan.",
            "Replace the flow by an association to the handler activity.",
        )
    if handler is None:
        yield problem(
            node.id,
            f"Peristiwa kompensasi {label(node)} tidak tersambung ke kegiatan penanganan.",
            f"The compensation event {label(node)} is not joined to a handler activity.",
            "Gambar asosiasi dari peristiwa ini ke kegiatan bertanda isForCompensation.",
            "Draw an association from this event to an activity marked isForCompensation.",
        )
    elif not handler.is_for_compensation:
        yield problem(
            handler.id,
            f"{label(handler)} menangani kompensasi tetapi tidak bertanda isForCompensation.",
            f"{label(handler)} handles compensation but is not marked isForCompensation.",
            'Setel isForCompensation="true" pada kegiatan itu.',
            'Set isForCompensation="true" on that activity.',
        )


def _handler(node: Node, handlers: set[str]) -> Iterator[Problem]:
    if node.incoming or node.outgoing:
        yield problem(
            node.id,
            f"Penanganan kompensasi {label(node)} mempunyai alur urutan.",
            f"The compensation handler {label(node)} has sequence flows.",
            "Hapus alurnya; kegiatan ini hanya dijalankan oleh kompensasi.",
            "Delete the flows; only compensation runs this activity.",
        )
    if node.id not in handlers:
        yield problem(
            node.id,
            f"Penanganan kompensasi {label(node)} tidak tersambung ke peristiwa kompensasi mana pun.",
            f"No compensation event is joined to the handler {label(node)}.",
            "Gambar asosiasi dari peristiwa tepi kompensasi ke kegiatan ini.",
            "Draw an association from a compensation boundary event to this activity.",
            "warning",
        )
