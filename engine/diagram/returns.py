"""Which answers of a decision lead back to an earlier activity of the diagram (pure)."""

from collections.abc import Iterable

from engine.diagram.layout_place import back_edges
from engine.diagram.model import Node, Process
from engine.feel import FeelError, evaluate

_WORK = frozenset({"userTask", "task", "manualTask"})


def returning(process: Process, element_id: str, variable: str, answers: Iterable[str]) -> dict[str, Node]:
    """The earlier activity (or the same one again) that each answer leads to; answers that go forward are left out.

    Args:
        element_id: the activity that is decided in; the gateway behind it asks for the decision.
        variable: the process variable that holds the answer.
        answers: its possible values.
    """
    found: dict[str, Node] = {}
    for answer in answers:
        target = _next_work(process, process.nodes[element_id], {variable: answer})
        if target is not None and _leads_to(process, target.id, element_id):
            found[answer] = target
    return found


def _leads_to(process: Process, earlier: str, later: str) -> bool:
    """Whether `later` is `earlier` itself or comes after it, loops left out; the order of the file says nothing."""
    back = back_edges(list(process.nodes.values()), list(process.flows.values()))
    seen, open_nodes = {earlier}, [earlier]
    while open_nodes:
        node = process.nodes[open_nodes.pop()]
        ahead = {process.flows[flow].target for flow in node.outgoing if flow not in back} | set(node.boundary)
        open_nodes += ahead - seen
        seen |= ahead
    return later in seen


def _next_work(process: Process, node: Node, values: dict[str, object]) -> Node | None:
    """The activity reached from `node` as far as `values` decide the way; None where they do not, or it ends."""
    for _ in range(len(process.nodes)):
        flow_id = _taken(process, node, values)
        if flow_id is None:
            return None
        node = process.nodes[process.flows[flow_id].target]
        if node.kind in _WORK:
            return node
    return None


def _taken(process: Process, node: Node, values: dict[str, object]) -> str | None:
    if len(node.outgoing) <= 1:
        return next(iter(node.outgoing), None)
    if node.kind != "exclusiveGateway":
        return None
    for flow_id in node.outgoing:
        condition = process.flows[flow_id].condition
        if condition is not None and _holds(condition, values):
            return flow_id
    return node.default


def _holds(condition: str, values: dict[str, object]) -> bool:
    try:
        return evaluate(condition, values) is True
    except FeelError:  # it needs more than this one answer: the way is not known
        return False
