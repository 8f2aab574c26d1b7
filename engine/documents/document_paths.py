"""Ways between the rows of the document: what a reader follows from one activity to the next.

Owns which nodes are rows (`step_nodes`) and which are passed on the way: joins, forks, borders of subprocesses, links.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.diagram.model import Flow, Node, Process
from engine.diagram.prepare import starts_by_itself

_TASKS = frozenset(
    {
        "userTask",
        "task",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
    }
)
_SUBPROCESSES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_DECISIONS = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
_TRIGGER_WORDS = {
    "timer": "waktu habis",
    "message": "pesan masuk",
    "signal": "sinyal",
    "error": "galat",
    "escalation": "eskalasi",
    "conditional": "syarat terpenuhi",
}


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a row: to another row (`target`), or to an end (None). `flows` are those passed."""

    target: str | None
    label: str
    flows: tuple[str, ...]


def step_nodes(process: Process) -> tuple[Node, ...]:
    """The nodes that have a row, in model order, the inside of a subprocess in its place."""
    return tuple(_steps(process, process.id))


def folded_decision(process: Process, node: Node) -> Node | None:
    """The decision that is taken in an activity: the gateway behind it that nothing else leads to."""
    if node.kind not in _TASKS or len(node.outgoing) != 1:
        return None
    gateway = process.nodes.get(process.flows[node.outgoing[0]].target)
    if gateway is None or not _decides(gateway) or len(gateway.incoming) != 1 or gateway.lane != node.lane:
        return None
    return gateway


def _steps(process: Process, scope: str) -> Iterator[Node]:
    for key in process.scopes[scope].nodes:
        node = process.nodes[key]
        if node.kind in _SUBPROCESSES:
            yield from _steps(process, key)
        elif node.kind in _TASKS or _waits_or_tells(node) or (_decides(node) and not _is_folded(process, node)):
            yield node


def _decides(node: Node) -> bool:
    return node.kind in _DECISIONS and len(node.outgoing) > 1


def _is_folded(process: Process, gateway: Node) -> bool:
    sources = (process.nodes.get(process.flows[flow].source) for flow in gateway.incoming)
    return any(source is not None and folded_decision(process, source) is gateway for source in sources)


def _waits_or_tells(node: Node) -> bool:
    if node.kind not in ("intermediateCatchEvent", "intermediateThrowEvent"):
        return False
    return bool(node.name) and all(event.kind != "link" for event in node.events)


class Ways:
    """Follows flows between rows.

    Args:
        process: what is drawn.
        rows: the ids that have a row.
    """

    def __init__(self, process: Process, rows: Mapping[str, int]) -> None:
        self._process = process
        self._rows = rows

    def first_rows(self) -> frozenset[str]:
        """The rows that stand behind a start event, or at which the process begins by itself."""
        starts = [
            way
            for scope in self._process.scopes.values()
            if scope.parent is None or scope.triggered_by_event
            for way in self._into(scope.id, "", ())
        ]
        return frozenset(way.target for way in starts if way.target)

    def of(self, node: Node) -> tuple[Way, ...]:
        """All ways out of a row, in model order; the way to "mutu baku terlampaui" is the Waktu column's, not here."""
        ways = list(self._behind(folded_decision(self._process, node) or node, "", (node.id,)))
        for key in node.boundary:
            event = self._process.nodes[key]
            found = list(self._behind(event, _trigger_label(event), (node.id,)))
            if event.interrupting or any(way.target is not None for way in found):
                ways += found
        return tuple(ways)

    def _behind(self, node: Node, label: str, seen: tuple[str, ...], flows: tuple[str, ...] = ()) -> Iterator[Way]:
        for key in node.outgoing:
            flow = self._process.flows[key]
            if flow.target in self._process.nodes and flow.target not in seen:
                yield from self._at(flow, label, (*seen, *([node.id] if node.id not in self._rows else [])), flows)
            elif flow.target in self._rows:
                yield Way(flow.target, _joined(label, flow.name), (*flows, key))

    def _at(self, flow: Flow, label: str, seen: tuple[str, ...], flows: tuple[str, ...]) -> Iterator[Way]:
        node = self._process.nodes[flow.target]
        label, flows = _joined(label, flow.name), (*flows, flow.id)
        if node.id in self._rows:
            yield Way(node.id, label, flows)
        elif node.kind in _SUBPROCESSES:
            yield from self._into(node.id, label, flows)
        elif node.kind == "endEvent":
            yield from self._ended(node, label, seen, flows)
        elif any(event.kind == "link" for event in node.events):
            for other in self._process.nodes.values():
                if other.kind == "intermediateCatchEvent" and _link(other) == _link(node):
                    yield from self._behind(other, label, (*seen, node.id), flows)
        else:
            yield from self._behind(node, label, (*seen, node.id), flows)

    def _ended(self, node: Node, label: str, seen: tuple[str, ...], flows: tuple[str, ...]) -> Iterator[Way]:
        outer = self._process.nodes.get(node.scope)
        if outer is None or outer.triggered_by_event or node.events:
            yield Way(None, label, flows)
        else:
            yield from self._behind(outer, label, (*seen, node.id), flows)

    def _into(self, scope: str, label: str, flows: tuple[str, ...]) -> Iterator[Way]:
        nodes = [self._process.nodes[key] for key in self._process.scopes[scope].nodes]
        starts = [node for node in nodes if node.kind == "startEvent"]
        for node in starts or [node for node in nodes if starts_by_itself(node)]:
            if node.id in self._rows:
                yield Way(node.id, label, flows)
            elif node.kind in _SUBPROCESSES:
                yield from self._into(node.id, label, flows)
            else:
                yield from self._behind(node, label, (), flows)


def _link(node: Node) -> str | None:
    return next((event.name for event in node.events if event.kind == "link"), None)


def _trigger_label(event: Node) -> str:
    return event.name or next((_TRIGGER_WORDS.get(trigger.kind, "") for trigger in event.events), "")


def _joined(one: str, other: str) -> str:
    return " / ".join(part for part in (one, other) if part)
