"""BPMN 2.0 bytes to a `Diagram` (and a `Source` with the raw facts). Tolerant: it reads what is there, broken
references included, and judges nothing; judging is the rules' job. Iterative: depth and length cost no stack.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from engine.diagram.extensions import child_text, extension, feel, read_identity, text_of
from engine.diagram.file_kind import is_bpmn, what_is_it
from engine.diagram.model import Diagram, Flow, Lane, Node, Process, Scope
from engine.diagram.names import BPMN, FLOW_NODES, SOP, SUBPROCESSES, ZEEBE
from engine.diagram.parse_events import Definitions, local, variable_name
from engine.diagram.parse_node import compensation_handlers, read_documentation, read_flow, read_node
from engine.diagram.raw import Raw, read_raw
from engine.diagram.source import RawElement, Source
from engine.diagram.xml import DEFAULT_LIMITS, XmlLimits, XmlRefused, line_of, parse_xml


def parse_diagram(data: bytes, limits: XmlLimits = DEFAULT_LIMITS) -> Diagram:
    """The diagram in a BPMN 2.0 file.

    Raises:
        XmlRefused: no XML, or XML that is not BPMN 2.0 (the sentence says what it is).
        XmlTooLarge: the file exceeds a limit.
    """
    return parse_source(data, limits).diagram


def parse_source(data: bytes, limits: XmlLimits = DEFAULT_LIMITS) -> Source:
    """The diagram together with the raw facts that rules need. Raises as `parse_diagram`."""
    root = parse_xml(data, limits)
    if not is_bpmn(root):
        indonesian, english = what_is_it(root)
        raise XmlRefused(
            f"Berkas ini {indonesian}, bukan BPMN 2.0. Ekspor diagram sebagai BPMN 2.0 XML.",
            f"Expected BPMN 2.0, but this is {english}. Export the diagram as BPMN 2.0 XML.",
            line_of(root),
        )
    raw = read_raw(root)
    known = _definitions(root, raw)
    by_key: dict[str, RawElement] = {}
    by_id: dict[str, list[RawElement]] = defaultdict(list)
    for element in raw.elements:
        by_key.setdefault(element.key, element)
        if element.id:
            by_id[element.id].append(element)
    return Source(
        diagram=Diagram(
            processes=tuple(_Reader(process, raw, known).read() for process in root.iterfind(f"{{{BPMN}}}process")),
            messages=known.messages,
            signals=known.signals,
            errors=known.errors,
            escalations=known.escalations,
        ),
        elements=tuple(raw.elements),
        vendors=tuple(raw.vendors),
        sop=tuple(raw.sop),
        foreign=tuple(raw.foreign),
        shapes=tuple(raw.shapes),
        edges=tuple(raw.edges),
        children={index: tuple(children) for index, children in raw.children.items()},
        by_key=by_key,
        by_id=dict(by_id),
    )


def _definitions(root: etree._Element, raw: Raw) -> Definitions:
    def texts(tag: str, attribute: str) -> dict[str, str]:
        return {raw.keys[item]: item.get(attribute, "").strip() for item in root.iterfind(f"{{{BPMN}}}{tag}")}

    known = Definitions(
        by_id=raw.by_id,
        messages=texts("message", "name"),
        signals=texts("signal", "name"),
        errors={key: code or None for key, code in texts("error", "errorCode").items()},
        escalations={key: code or None for key, code in texts("escalation", "escalationCode").items()},
    )
    return replace(known, correlations=_correlations(root, known))


def _correlations(root: etree._Element, known: Definitions) -> dict[str, str]:
    """FEEL correlation text by message id: BPMN's correlation properties, else Zeebe's correlation key."""
    paths: dict[str, list[str]] = defaultdict(list)
    bound = {
        known.reference(binding.get("correlationPropertyRef")): feel(child_text(binding, "dataPath"))
        for binding in root.iter(f"{{{BPMN}}}correlationPropertyBinding")
    }
    for prop in root.iterfind(f"{{{BPMN}}}correlationProperty"):
        for retrieval in prop.iterfind(f"{{{BPMN}}}correlationPropertyRetrievalExpression"):
            path = bound.get(prop.get("id")) or feel(child_text(retrieval, "messagePath"))
            message = known.reference(retrieval.get("messageRef"))
            if path and message:
                paths[message].append(path)
    for item in root.iterfind(f"{{{BPMN}}}message"):
        zeebe = extension(item, ZEEBE, "subscription")
        key = feel(zeebe.get("correlationKey")) if zeebe is not None else None
        if key:
            paths[item.get("id", "")] = [key]
    return {message: found[0] if len(found) == 1 else f"[{', '.join(found)}]" for message, found in paths.items()}


@dataclass(slots=True)
class _Reader:
    """Collects one process in one walk over its flow elements, then links them."""

    process: etree._Element
    raw: Raw
    known: Definitions
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    lanes: list[Lane] = field(default_factory=list)
    variables: list[str] = field(default_factory=list)
    associations: list[etree._Element] = field(default_factory=list)

    def read(self) -> Process:
        """The process with all its subprocesses, in model order."""
        key = self.raw.keys[self.process]
        boxes: list[tuple[etree._Element, str, str | None]] = [(self.process, key, None)]
        while boxes:
            box, scope, parent = boxes.pop()
            self.scopes[scope] = self._read_box(box, scope, parent)
            inner = (child for child in reversed(box) if local(child) in SUBPROCESSES)
            boxes.extend((child, self.raw.keys[child], scope) for child in inner)
        self._link()
        return Process(
            id=key,
            name=self.process.get("name", "").strip(),
            scopes=self.scopes,
            nodes=self.nodes,
            flows=self.flows,
            lanes=tuple(self.lanes),
            identity=read_identity(self.process),
            documentation=read_documentation(self.process),
            executable=self.process.get("isExecutable") not in ("false", "0"),
            line=line_of(self.process),
            variables=tuple(dict.fromkeys(self.variables)),
        )

    def _read_box(self, box: etree._Element, scope: str, parent: str | None) -> Scope:
        nodes: list[str] = []
        flows: list[str] = []
        for child in box:
            tag = local(child)
            if tag in FLOW_NODES:
                key = self.raw.keys[child]
                if key not in self.nodes:
                    self.nodes[key] = read_node(child, tag, key, scope, self.known)
                    nodes.append(key)
            elif tag == "sequenceFlow":
                key = self.raw.keys[child]
                if key not in self.flows:
                    self.flows[key] = read_flow(child, key, scope, self.known)
                    flows.append(key)
            elif tag == "laneSet":
                self.lanes.extend(self._read_lanes(child))
            elif tag == "association":
                self.associations.append(child)
            elif tag in ("dataObject", "dataObjectReference", "property"):
                self.variables.append(variable_name(child))
        triggered = box.get("triggeredByEvent") in ("true", "1")
        return Scope(scope, parent, tuple(nodes), tuple(flows), triggered)

    def _read_lanes(self, lane_set: etree._Element) -> Iterator[Lane]:
        stack: list[tuple[etree._Element, str | None]] = [(lane, None) for lane in _lanes_of(lane_set)]
        while stack:
            lane, parent = stack.pop()
            key = self.raw.keys[lane]
            performer = extension(lane, SOP, "pelaksana")
            references = (self.known.reference(text_of(ref)) for ref in lane.iterfind(f"{{{BPMN}}}flowNodeRef"))
            yield Lane(
                id=key,
                name=lane.get("name", "").strip(),
                role=(performer.get("peran") or None) if performer is not None else None,
                performer_kind=performer.get("jenis") if performer is not None else None,
                parent=parent,
                nodes=tuple(ref for ref in references if ref),
                line=line_of(lane),
            )
            stack.extend(
                (child, key) for inner in lane.iterfind(f"{{{BPMN}}}childLaneSet") for child in _lanes_of(inner)
            )

    def _link(self) -> None:
        incoming: dict[str, list[str]] = defaultdict(list)
        outgoing: dict[str, list[str]] = defaultdict(list)
        boundary: dict[str, list[str]] = defaultdict(list)
        for flow in self.flows.values():
            outgoing[flow.source].append(flow.id)
            incoming[flow.target].append(flow.id)
        for node in self.nodes.values():
            if node.attached_to:
                boundary[node.attached_to].append(node.id)
        lane_of = self._innermost_lanes()
        handlers = compensation_handlers(self.associations, self.known)
        for key, node in self.nodes.items():
            host = lane_of.get(node.attached_to or "")
            lane = lane_of.get(key) or host or lane_of.get(node.scope)
            if lane is not None:
                lane_of[key] = lane
            self.nodes[key] = replace(
                node,
                lane=lane,
                incoming=tuple(incoming[key]),
                outgoing=tuple(outgoing[key]),
                boundary=tuple(boundary[key]),
                compensates=handlers.get(key) if any(e.kind == "compensation" for e in node.events) else None,
            )

    def _innermost_lanes(self) -> dict[str, str]:
        """Lane by node id as drawn. Outer lanes come before inner ones in `self.lanes`, so the inner one wins."""
        return {node: lane.id for lane in self.lanes for node in lane.nodes}


def _lanes_of(lane_set: etree._Element) -> Iterable[etree._Element]:
    # Reversed, because they go onto a stack: lanes come out in the order of the file.
    return reversed(lane_set.findall(f"{{{BPMN}}}lane"))
