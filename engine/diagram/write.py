"""Process and positions → BPMN bytes.

Owns the XML of what a sheet can say: lanes, user tasks, exclusive gateways, start, end and boundary events, the `sop:`
vocabulary. Diagrams drawn in the modeler never pass here: their bytes are kept as they are.
"""

from collections.abc import Collection, Mapping

from lxml import etree

from engine.diagram.layout import Box, Layout
from engine.diagram.model import EventDefinition, Flow, Identity, Lane, Node, Process
from engine.diagram.names import BPMN, BPMNDI, DC, DI, SOP, XSI

COLLABORATION_ID = "kolaborasi"
POOL_ID = "kolam"
_PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "sop": SOP, "xsi": XSI}
_LISTS = (
    ("dasarHukum", "legal_basis"),
    ("kualifikasiPelaksana", "qualifications"),
    ("keterkaitan", "related"),
    ("peralatan", "equipment"),
    ("peringatan", "warnings"),
    ("pencatatan", "records"),
)


def write_bpmn(process: Process, layout: Layout) -> bytes:
    """The file as UTF-8 bytes; the same values always give the same bytes."""
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=dict(_PREFIXES))
    root.set("id", "definisi")
    root.set("targetNamespace", "urn:alur:sop")
    _collaboration(root, process)
    for event in {event.ref: event for node in process.nodes.values() for event in node.events if event.ref}.values():
        _add(root, BPMN, "escalation", id=event.ref or "", name=event.name or "", escalationCode=event.code or "")
    _process(root, process)
    _interchange(root, process, layout)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: etree._Element, namespace: str, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{namespace}}}{tag}")
    for key, value in attributes.items():
        element.set(key, value)
    if text:
        element.text = text
    return element


def _collaboration(root: etree._Element, process: Process) -> None:
    collaboration = _add(root, BPMN, "collaboration", id=COLLABORATION_ID)
    agency = process.identity.agency if process.identity else ""
    _add(collaboration, BPMN, "participant", id=POOL_ID, name=agency or process.name, processRef=process.id)


def _process(root: etree._Element, process: Process) -> None:
    element = _add(root, BPMN, "process", id=process.id, name=process.name, isExecutable="true")
    if process.identity:
        _identity(_add(element, BPMN, "extensionElements"), process.identity)
    lanes = _add(element, BPMN, "laneSet", id="pelaksana")
    for lane in process.lanes:
        _lane(lanes, lane)
    for node in process.nodes.values():
        _node(element, node)
    for flow in process.flows.values():
        _flow(element, flow)


def _identity(parent: etree._Element, identity: Identity) -> None:
    block = _add(
        parent,
        SOP,
        "identitas",
        nomor=identity.number,
        tanggalPembuatan=identity.created_on,
        tanggalRevisi=identity.revised_on,
        tanggalEfektif=identity.effective_on,
        disahkanOleh=identity.approved_by,
        instansi=identity.agency,
        unit=identity.unit,
        kerahasiaan=identity.confidentiality,
    )
    for name, field in _LISTS:
        for words in getattr(identity, field):
            _add(block, SOP, name, words)
    complete = "true" if identity.source_complete else "false"
    if identity.source_document or identity.source_note:
        source = {"dokumen": identity.source_document, "baris": identity.source_lines, "lengkap": complete}
        _add(parent, SOP, "sumber", identity.source_note, **source)


def _lane(parent: etree._Element, lane: Lane) -> None:
    element = _add(parent, BPMN, "lane", id=lane.id, name=lane.name)
    extensions = _add(element, BPMN, "extensionElements")
    _add(extensions, SOP, "pelaksana", peran=lane.role or "", jenis=lane.performer_kind or "")
    for node in lane.nodes:
        _add(element, BPMN, "flowNodeRef", node)


def _node(parent: etree._Element, node: Node) -> None:
    element = _add(parent, BPMN, node.kind, id=node.id, name=node.name)
    if node.attached_to:
        element.set("attachedToRef", node.attached_to)
        element.set("cancelActivity", "true" if node.interrupting else "false")
    if node.default:
        element.set("default", node.default)
    if node.documentation:
        _add(element, BPMN, "documentation", node.documentation)
    _sop(element, node)
    for tag, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
        for flow in flows:
            _add(element, BPMN, tag, flow)
    for event in node.events:
        _event(element, event)


def _sop(element: etree._Element, node: Node) -> None:
    if not (node.quality or node.remarks or node.form_key or node.assumption):
        return
    extensions = _add(element, BPMN, "extensionElements")
    if node.quality:
        quality = node.quality
        limits = {"min": quality.min, "max": quality.max, "kalender": quality.kalender if quality.max else None}
        known = {name: value for name, value in limits.items() if value}
        standard = _add(extensions, SOP, "mutuBaku", no=quality.no, waktu=quality.words, **known)
        for words in quality.requirements:
            _add(standard, SOP, "kelengkapan", words)
        for words in quality.deliverables:
            _add(standard, SOP, "output", words)
    if node.remarks:
        _add(extensions, SOP, "keterangan", node.remarks)
    if node.form_key:
        _add(extensions, SOP, "formulir", kunci=node.form_key)
    if node.assignee:
        _add(extensions, SOP, "penugasan", kepada=node.assignee)
    if node.assumption:
        _add(extensions, SOP, "asumsi", node.assumption)


def _event(parent: etree._Element, event: EventDefinition) -> None:
    if event.timer:
        definition = _add(parent, BPMN, "timerEventDefinition", id=event.id)
        duration = _add(definition, BPMN, "timeDuration", event.timer.text)
        duration.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
    else:
        _add(parent, BPMN, f"{event.kind}EventDefinition", id=event.id, escalationRef=event.ref or "")


def _flow(parent: etree._Element, flow: Flow) -> None:
    element = _add(parent, BPMN, "sequenceFlow", id=flow.id)
    if flow.name:
        element.set("name", flow.name)
    element.set("sourceRef", flow.source)
    element.set("targetRef", flow.target)
    if flow.assumption:
        _add(_add(element, BPMN, "extensionElements"), SOP, "asumsi", flow.assumption)
    if flow.condition:
        condition = _add(element, BPMN, "conditionExpression", flow.condition)
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")


def _interchange(root: etree._Element, process: Process, layout: Layout) -> None:
    diagram = _add(root, BPMNDI, "BPMNDiagram", id="gambar")
    plane = _add(diagram, BPMNDI, "BPMNPlane", id="bidang", bpmnElement=COLLABORATION_ID)
    _shapes(plane, {POOL_ID: layout.pool}, {}, isHorizontal="true")
    _shapes(plane, layout.lanes, {}, isHorizontal="true")
    gateways = {node.id for node in process.nodes.values() if node.kind == "exclusiveGateway"}
    _shapes(plane, layout.shapes, layout.labels, gateways)
    for flow in process.flows.values():
        edge = _add(plane, BPMNDI, "BPMNEdge", id=f"{flow.id}_di", bpmnElement=flow.id)
        for x, y in layout.edges[flow.id]:
            _add(edge, DI, "waypoint", x=str(x), y=str(y))
        if flow.id in layout.labels:
            _bounds(_add(edge, BPMNDI, "BPMNLabel"), layout.labels[flow.id])


def _shapes(
    plane: etree._Element,
    boxes: Mapping[str, Box],
    labels: Mapping[str, Box],
    gateways: Collection[str] = (),
    **attributes: str,
) -> None:
    for name, box in boxes.items():
        shape = _add(plane, BPMNDI, "BPMNShape", id=f"{name}_di", bpmnElement=name, **attributes)
        if name in gateways:
            shape.set("isMarkerVisible", "true")
        _bounds(shape, box)
        if name in labels:
            _bounds(_add(shape, BPMNDI, "BPMNLabel"), labels[name])


def _bounds(parent: etree._Element, box: Box) -> None:
    _add(parent, DC, "Bounds", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height))
