"""The `incoming` and `outgoing` lists of an element agree with the sequence flows.

The flows decide: Alur runs what `sourceRef` and `targetRef` say. A list that names a flow which does not exist or
belongs to another element is left over from an edit; it is a warning, since the drawing and the file may mean
different things. Lists that are left out are derived (information).
"""

from collections.abc import Iterator

from engine.diagram.names import FLOW_NODES
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Entries of `incoming`/`outgoing` that no flow confirms; one information where lists are left out."""
    yield from _left_out(context)
    for element in context.source.elements:
        if element.tag not in ("incoming", "outgoing") or element.parent < 0:
            continue
        owner = context.source.elements[element.parent]
        if owner.tag not in FLOW_NODES:
            continue
        flow = context.flows.get(element.text.rpartition(":")[2])
        end = None if flow is None else flow.target if element.tag == "incoming" else flow.source
        if end == owner.key:
            continue
        yield problem(
            owner.key,
            f'Daftar {element.tag} menyebut alur "{element.text}" yang '
            + ("tidak ada." if flow is None else "tidak tersambung ke elemen ini."),
            f'The {element.tag} list names the flow "{element.text}", which '
            + ("does not exist." if flow is None else "is not connected to this element."),
            "Hapus entri itu atau sambungkan ulang alurnya; Alur mengikuti sourceRef dan targetRef.",
            "Remove the entry or reconnect the flow; Alur follows sourceRef and targetRef.",
            "warning",
        )


def _left_out(context: Context) -> Iterator[Problem]:
    listed = {
        (context.source.elements[element.parent].key, element.text.rpartition(":")[2])
        for element in context.source.tagged("incoming", "outgoing")
        if element.parent >= 0
    }
    for process in context.diagram.processes:
        missing = [
            node.id
            for node in process.nodes.values()
            if any((node.id, flow) not in listed for flow in (*node.incoming, *node.outgoing))
        ]
        if missing:
            yield problem(
                process.id,
                f"{len(missing)} elemen tidak mendaftar alur masuk dan keluarnya; daftar itu disusun dari alurnya.",
                f"{len(missing)} elements do not list their incoming and outgoing flows; the lists are derived.",
                "Tidak perlu tindakan; alat gambar lain mungkin memerlukannya.",
                "Nothing to do; other tools may need the lists.",
                "info",
            )
