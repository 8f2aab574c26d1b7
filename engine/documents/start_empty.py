"""What a new SOP drawn from nothing begins with: a lane for each performer, a start and an end, nothing between."""

from collections.abc import Sequence

from engine.diagram.layout import lay_out
from engine.diagram.model import Flow, Identity, Lane, Node, Process, Scope
from engine.diagram.write import write_bpmn
from engine.documents.sheet import Performer
from engine.documents.to_diagram import END_ID, START_ID
from engine.documents.to_forms import to_forms

_FLOW_ID = "alur_mulai_selesai"


def start_empty(key: str, name: str, performers: Sequence[Performer]) -> tuple[bytes, dict[str, bytes]]:
    """The drawing of a new SOP, from its first performer to its last, and the form of its start by key."""
    first, last = "pelaksana_1", f"pelaksana_{len(performers)}"
    start = Node(START_ID, "startEvent", key, "Mulai", lane=first, outgoing=(_FLOW_ID,), form_key=f"{key}.mulai")
    end = Node(END_ID, "endEvent", key, "Selesai", lane=last, incoming=(_FLOW_ID,))
    nodes = {START_ID: start, END_ID: end}
    lanes = tuple(
        Lane(
            lane, performer.name, performer.role, performer.kind,
            nodes=tuple(node.id for node in nodes.values() if node.lane == lane),
        )
        for place, performer in enumerate(performers, start=1)
        for lane in [f"pelaksana_{place}"]
    )  # fmt: skip
    flow = Flow(_FLOW_ID, START_ID, END_ID, scope=key)
    scope = Scope(key, None, tuple(nodes), (_FLOW_ID,))
    process = Process(key, name, {key: scope}, nodes, {_FLOW_ID: flow}, lanes, Identity())
    return write_bpmn(process, lay_out(process)), to_forms(process)
