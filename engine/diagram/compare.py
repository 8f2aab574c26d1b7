"""What differs between two drawings of an SOP, as people would tell it: activities, performers, ways, identity.

Pure: values in, values out; broken references are compared as written. Positions on the canvas are no difference.
Lanes are matched by role and name before their ids, since ids of generated lanes only count them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from engine.diagram.model import Diagram, EventDefinition, Flow, Identity, Lane, MultiInstance, Node, QualityStandard

KINDS = ("added", "removed", "moved", "quality", "condition", "form", "changed")
_NODE_FIELDS = (
    "name", "kind", "documentation", "remarks", "assignee", "script", "called", "result_variable", "assumption",
    "attached_to", "interrupting", "inputs", "outputs",
)  # fmt: skip
_QUALITY_FIELDS = tuple(field.name for field in fields(QualityStandard))


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        kind: one of `KINDS`; "moved" is to another lane, "quality" the mutu baku, "condition" when a way is taken.
        part: "activity", "gateway", "event", "flow", "lane", "identity", "process", "form" or "decision".
        element: id in the drawing, or key of the form or decision; "" for the identity.
        name: how people know it, in the newer drawing if it is there.
        field: what of it, by the name of the attribute; "" when it came or went as a whole.
        before, after: as texts; of lists only the items that went and came.
    """

    kind: str
    part: str
    element: str
    name: str
    field: str = ""
    before: str = ""
    after: str = ""


def compare(old: Diagram, new: Diagram) -> list[Difference]:
    """Every difference from `old` to `new`: identity, lanes, nodes, flows, each in the order of the drawings."""
    before, after = _Side(old), _Side(new)
    lanes = _matched_lanes(before.lanes, after.lanes)
    return [
        *_process(old, new),
        *_lanes(before, after, lanes),
        *_nodes(before, after, lanes),
        *_flows(before, after),
    ]


class _Side:
    """One drawing with everything in it by id, whatever process it stands in."""

    def __init__(self, diagram: Diagram) -> None:
        processes = diagram.processes
        self.nodes: dict[str, Node] = {key: node for one in processes for key, node in one.nodes.items()}
        self.flows: dict[str, Flow] = {key: flow for one in processes for key, flow in one.flows.items()}
        self.lanes: dict[str, Lane] = {lane.id: lane for one in processes for lane in one.lanes}

    def name(self, node_id: str | None) -> str:
        """How people know a node; a reference to nothing is its own name."""
        node = self.nodes.get(node_id or "")
        return (node.name if node else "") or node_id or ""

    def lane_name(self, lane_id: str | None) -> str:
        """How people know a lane."""
        lane = self.lanes.get(lane_id or "")
        return (lane.name if lane else "") or lane_id or ""

    def flow_name(self, flow: Flow) -> str:
        """A way by its ends, with its label."""
        ends = f"{self.name(flow.source)} → {self.name(flow.target)}"
        return f"{ends} ({flow.name})" if flow.name else ends

    def is_default(self, flow: Flow) -> bool:
        """Whether the way is taken when no condition holds."""
        source = self.nodes.get(flow.source)
        return source is not None and source.default == flow.id


def _process(old: Diagram, new: Diagram) -> Iterator[Difference]:
    one, other = (next((it for it in side.processes if it.executable), None) for side in (old, new))
    if one is None or other is None:
        return
    if one.name != other.name:
        yield Difference("changed", "process", other.id, other.name, "name", one.name, other.name)
    mine, theirs = one.identity or Identity(), other.identity or Identity()
    for field in fields(Identity):
        before, after = getattr(mine, field.name), getattr(theirs, field.name)
        if before != after:
            yield Difference("changed", "identity", "", other.name, field.name, *_texts(before, after))


def _matched_lanes(old: Mapping[str, Lane], new: Mapping[str, Lane]) -> dict[str, str]:
    """New lane id by old lane id: the same role and name, else the same role, else the same id."""
    found: dict[str, str] = {}
    likenesses: tuple[Callable[[Lane], Any], ...] = (
        lambda lane: (lane.role, lane.name), lambda lane: lane.role or lane, lambda lane: lane.id
    )  # fmt: skip
    for likeness in likenesses:
        taken = set(found.values())
        free: dict[Any, list[str]] = {}
        for key, lane in new.items():
            if key not in taken:
                free.setdefault(likeness(lane), []).append(key)
        for key, lane in old.items():
            if key not in found and free.get(likeness(lane)):
                found[key] = free[likeness(lane)].pop(0)
    return found


def _lanes(old: _Side, new: _Side, matched: Mapping[str, str]) -> Iterator[Difference]:
    for key, lane in old.lanes.items():
        if key not in matched:
            yield Difference("removed", "lane", key, lane.name)
    came = set(new.lanes) - set(matched.values())
    for key, lane in new.lanes.items():
        if key in came:
            yield Difference("added", "lane", key, lane.name)
    for key, other in matched.items():
        before, after = old.lanes[key], new.lanes[other]
        for field in ("name", "role", "performer_kind"):
            one, two = getattr(before, field), getattr(after, field)
            if one != two:
                yield Difference("changed", "lane", other, after.name, field, *_texts(one, two))


def _nodes(old: _Side, new: _Side, lanes: Mapping[str, str]) -> Iterator[Difference]:
    for key, node in old.nodes.items():
        if key not in new.nodes:
            yield Difference("removed", _part(node), key, node.name or key)
    for key, node in new.nodes.items():
        known = old.nodes.get(key)
        if known is None:
            yield Difference("added", _part(node), key, node.name or key)
            continue
        if lanes.get(known.lane or "") != node.lane and (known.lane or node.lane):
            yield Difference(
                "moved", _part(node), key, node.name or key, "lane", old.lane_name(known.lane),
                new.lane_name(node.lane),
            )  # fmt: skip
        yield from _node(known, node)


def _node(old: Node, new: Node) -> Iterator[Difference]:
    part, name = _part(new), new.name or new.id
    for field in _NODE_FIELDS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Difference("changed", part, new.id, name, field, *_texts(before, after))
    if old.form_key != new.form_key:
        yield Difference("form", part, new.id, name, "form_key", *_texts(old.form_key, new.form_key))
    mine, theirs = old.quality or QualityStandard(), new.quality or QualityStandard()
    for field in _QUALITY_FIELDS:
        before, after = getattr(mine, field), getattr(theirs, field)
        if before != after:
            kind = "changed" if field == "no" else "quality"  # a number counts activities, it promises nothing
            yield Difference(kind, part, new.id, name, field, *_texts(before, after))
    if [_event(one) for one in old.events] != [_event(one) for one in new.events]:
        happened = ["; ".join(map(_event, side.events)) for side in (old, new)]
        yield Difference("changed", part, new.id, name, "events", *happened)
    if old.multi != new.multi:
        yield Difference("changed", part, new.id, name, "multi", _multi(old.multi), _multi(new.multi))


def _flows(old: _Side, new: _Side) -> Iterator[Difference]:
    matched = _matched_flows(old.flows, new.flows)
    for key, flow in old.flows.items():
        if key not in matched:
            yield Difference("removed", "flow", key, old.flow_name(flow))
    came = set(new.flows) - set(matched.values())
    for key, flow in new.flows.items():
        if key in came:
            yield Difference("added", "flow", key, new.flow_name(flow))
    for key, other in matched.items():
        yield from _flow(old, new, old.flows[key], new.flows[other])


def _flow(old: _Side, new: _Side, before: Flow, after: Flow) -> Iterator[Difference]:
    name = new.flow_name(after)
    if (before.source, before.target) != (after.source, after.target):
        yield Difference("changed", "flow", after.id, name, "ends", old.flow_name(before), name)
    if before.condition != after.condition:
        yield Difference("condition", "flow", after.id, name, "condition", *_texts(before.condition, after.condition))
    if old.is_default(before) != new.is_default(after):
        default = _texts(old.is_default(before), new.is_default(after))
        yield Difference("condition", "flow", after.id, name, "default", *default)
    for field in ("name", "assumption"):
        one, two = getattr(before, field), getattr(after, field)
        if one != two:
            yield Difference("changed", "flow", after.id, name, field, *_texts(one, two))


def _matched_flows(old: Mapping[str, Flow], new: Mapping[str, Flow]) -> dict[str, str]:
    """New flow id by old flow id: the same id, else the same ends and label (drawing tools give new ids freely)."""
    found = {key: key for key in old if key in new}
    free: dict[tuple[str, str, str], list[str]] = {}
    for key, flow in new.items():
        if key not in old:
            free.setdefault((flow.source, flow.target, flow.name), []).append(key)
    for key, flow in old.items():
        if key not in found and free.get((flow.source, flow.target, flow.name)):
            found[key] = free[flow.source, flow.target, flow.name].pop(0)
    return found


def _part(node: Node) -> str:
    if node.kind.endswith("Gateway"):
        return "gateway"
    return "event" if node.kind.endswith("Event") else "activity"


def _event(event: EventDefinition) -> str:
    """An event definition in one line, without the ids that drawing tools give."""
    timer = f"{event.timer.kind} {event.timer.text}" if event.timer else None
    return " ".join(filter(None, (event.kind, timer, event.name, event.code, event.condition, event.correlation)))


def _multi(multi: MultiInstance | None) -> str:
    if multi is None:
        return ""
    stated = ((field.name, getattr(multi, field.name)) for field in fields(MultiInstance))
    return ", ".join(f"{name}={value}" for name, value in stated if value)


def _texts(before: Any, after: Any) -> tuple[str, str]:
    """Two values as texts; of two lists only what went and what came, or all when only the order changed."""
    if isinstance(before, tuple) and isinstance(after, tuple):
        went, came = [one for one in before if one not in after], [one for one in after if one not in before]
        if went or came:
            return _joined(went), _joined(came)
        return _joined(before), _joined(after)
    return _text(before), _text(after)


def _joined(items: Any) -> str:
    return "; ".join(" = ".join(one) if isinstance(one, tuple) else str(one) for one in items)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else str(value)
