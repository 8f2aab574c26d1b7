"""A drawn file with everything at a new place: the interchange is laid out anew, not a word of the model is touched.

Shapes and edges of the process are moved (or made, where the drawing lacks them), what refers to nothing goes, notes
and data keep their place beside what they belong to. Whatever cannot be laid out is refused.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from engine.diagram.geometry import Box, Layout, Point
from engine.diagram.layout import lay_out
from engine.diagram.layout_route import NoWay
from engine.diagram.model import Process
from engine.diagram.names import BPMN, BPMNDI, DC, DI
from engine.diagram.parse import parse_diagram
from engine.diagram.xml import parse_xml
from engine.errors import InvalidInput

_LINKS = ("association", "dataInputAssociation", "dataOutputAssociation")
_BESIDE = 30


def laid_out_anew(xml: bytes) -> bytes:
    """The file with a new layout of its process.

    Raises:
        XmlRefused, XmlTooLarge: the bytes cannot be read.
        InvalidInput: several pools, lanes inside lanes, opened subprocesses, or flows that lead nowhere.
    """
    root = parse_xml(xml)
    processes = [one for one in parse_diagram(xml).processes if one.scopes[one.id].nodes]
    _require_simple(root, processes)
    try:
        layout = lay_out(processes[0])
    except NoWay:
        raise _refused("jalur antarelemen tidak dapat ditarik", "there is no way for its flows") from None
    _Interchange(root).redraw(processes[0], layout)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _require_simple(root: etree._Element, processes: Sequence[Process]) -> None:
    if len(processes) != 1 or len(list(root.iter(f"{{{BPMN}}}participant"))) > 1:
        raise _refused("ada lebih dari satu kolam, atau tidak satu elemen pun", "it has not exactly one pool")
    process = processes[0]
    if any(lane.parent for lane in process.lanes):
        raise _refused("ada lajur di dalam lajur", "it has lanes inside lanes")
    inside = set(process.scopes[process.id].nodes)
    if _opened(root, process.nodes.keys() - inside):
        raise _refused("ada subproses yang terbuka; lipat dahulu", "it has an opened subprocess")
    flows = [process.flows[name] for name in process.scopes[process.id].flows]
    hosts = {process.nodes[name].attached_to for name in inside} - {None}
    if not {end for flow in flows for end in (flow.source, flow.target)} | hosts <= inside:
        raise _refused("ada alur atau peristiwa batas yang tidak tersambung", "it has flows or events without ends")


def _opened(root: etree._Element, nested: Collection[str]) -> bool:
    """Whether the first drawing shows what is inside a subprocess, or one as open."""
    plane = next(root.iter(f"{{{BPMNDI}}}BPMNPlane"), None)
    shapes = plane.findall(f"{{{BPMNDI}}}BPMNShape") if plane is not None else []
    return any(one.get("isExpanded") == "true" or one.get("bpmnElement") in nested for one in shapes)


def _refused(why: str, why_en: str) -> InvalidInput:
    return InvalidInput(f"Expected a drawing that can be laid out, but {why_en}.",
                        [{"field": "xml", "message": f"Gambar ini tidak dapat ditata otomatis: {why}."}])


class _Interchange:
    """The diagram interchange of a file: its first plane, shapes and edges by the element they show."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.known = {one.get("id", "") for one in root.iter(f"{{{BPMN}}}*")}
        self.pools = [one.get("id", "") for one in root.iter(f"{{{BPMN}}}participant")]
        self.plane = self._plane()
        parts = [one for one in self.plane if one.tag in (f"{{{BPMNDI}}}BPMNShape", f"{{{BPMNDI}}}BPMNEdge")]
        self.parts = {one.get("bpmnElement", ""): one for one in parts}

    def _plane(self) -> etree._Element:
        drawn = next(self.root.iter(f"{{{BPMN}}}collaboration" if self.pools else f"{{{BPMN}}}process"))
        plane = next(self.root.iter(f"{{{BPMNDI}}}BPMNPlane"), None)
        if plane is not None:
            plane.set("bpmnElement", drawn.get("id", ""))
            return plane
        diagram = etree.SubElement(self.root, f"{{{BPMNDI}}}BPMNDiagram", id=self._free("gambar"), nsmap=_PREFIXES)
        return etree.SubElement(
            diagram, f"{{{BPMNDI}}}BPMNPlane", id=self._free("bidang"), bpmnElement=drawn.get("id", "")
        )

    def redraw(self, process: Process, layout: Layout) -> None:
        """Puts everything where the layout says; the rest goes along with what it belongs to."""
        before = {name: box for name, part in self.parts.items() if (box := _box(part)) is not None}
        for name, part in list(self.parts.items()):
            if name.rpartition(":")[2] not in self.known:
                self.plane.remove(part)
                del self.parts[name]
        for name in self.pools:
            self._shape(name, layout.pool, None).set("isHorizontal", "true")
        for name, box in layout.lanes.items():
            self._shape(name, box, None).set("isHorizontal", "true")
        for name, box in layout.shapes.items():
            shape = self._shape(name, box, layout.labels.get(name))
            if process.nodes[name].kind == "exclusiveGateway":
                shape.set("isMarkerVisible", "true")
        for name, way in layout.edges.items():
            self._edge(name, way, layout.labels.get(name))
        self._follow(layout, before)

    def _follow(self, layout: Layout, before: Mapping[str, Box]) -> None:
        links = list(_links(self.root))
        placed = dict(layout.shapes)
        stay = {*self.pools, *layout.shapes, *layout.lanes, *layout.edges}
        below = layout.pool.bottom + _BESIDE
        for name, box in before.items():
            part = self.parts.get(name)
            if part is None or name in stay:
                continue
            beside = next((other for _, *ends in links if name in ends for other in ends if other in layout.shapes), "")
            if beside in before:
                new, old = layout.shapes[beside], before[beside]
                moved = Box(box.x + new.x - old.x, box.y + new.y - old.y, box.width, box.height)
            else:
                moved = Box(layout.pool.x, below, box.width, box.height)
                below += box.height + _BESIDE
            _bounds(part, moved)
            placed[name] = moved
        for name, source, target in links:
            if name in self.parts and source in placed and target in placed:
                self._edge(name, _straight(placed[source], placed[target]), None)

    def _shape(self, name: str, box: Box, label: Box | None) -> etree._Element:
        part = self._part("BPMNShape", name)
        _bounds(part, box)
        _label(part, label)
        return part

    def _edge(self, name: str, way: Sequence[Point], label: Box | None) -> None:
        part = self._part("BPMNEdge", name)
        for old in part.findall(f"{{{DI}}}waypoint"):
            part.remove(old)
        for place, (x, y) in enumerate(way):
            part.insert(place, etree.Element(f"{{{DI}}}waypoint", x=str(x), y=str(y), nsmap=_PREFIXES))
        _label(part, label)

    def _part(self, kind: str, name: str) -> etree._Element:
        if name not in self.parts:
            made = etree.SubElement(
                self.plane, f"{{{BPMNDI}}}{kind}", id=self._free(f"{name}_di"), bpmnElement=name, nsmap=_PREFIXES
            )
            self.parts[name] = made
        return self.parts[name]

    def _free(self, name: str) -> str:
        used = {one.get("id") for one in self.root.iter(etree.Element)}
        while name in used:
            name += "_"
        return name


_PREFIXES = {"bpmndi": BPMNDI, "dc": DC, "di": DI}


def _tag(part: etree._Element) -> str:
    return etree.QName(part).localname


def _links(root: etree._Element) -> Iterator[tuple[str, str, str]]:
    """(id, source, target) of what ties notes and data to the process."""
    for one in root.iter(*(f"{{{BPMN}}}{tag}" for tag in _LINKS)):
        holder = one.getparent()
        outer = holder.get("id", "") if holder is not None else ""
        tag, source, target = _tag(one), _end(one, "sourceRef"), _end(one, "targetRef")
        yield (
            one.get("id", ""),
            outer if tag == "dataOutputAssociation" else source,
            outer if tag == "dataInputAssociation" else target,
        )


def _end(one: etree._Element, side: str) -> str:
    return (one.get(side) or one.findtext(f"{{{BPMN}}}{side}") or "").strip()


def _box(part: etree._Element) -> Box | None:
    bounds = part.find(f"{{{DC}}}Bounds")
    if bounds is None:
        return None
    try:
        return Box(*(round(float(bounds.get(name, "0"))) for name in ("x", "y", "width", "height")))
    except (ValueError, OverflowError):
        return None


def _bounds(part: etree._Element, box: Box) -> None:
    bounds = part.find(f"{{{DC}}}Bounds")
    if bounds is None:
        bounds = etree.Element(f"{{{DC}}}Bounds", nsmap=_PREFIXES)
        part.insert(0, bounds)
    for name, value in (("x", box.x), ("y", box.y), ("width", box.width), ("height", box.height)):
        bounds.set(name, str(value))


def _label(part: etree._Element, box: Box | None) -> None:
    for old in part.findall(f"{{{BPMNDI}}}BPMNLabel"):
        part.remove(old)
    if box is not None:
        label = etree.Element(f"{{{BPMNDI}}}BPMNLabel", nsmap=_PREFIXES)
        place = sum(child.tag in (f"{{{DC}}}Bounds", f"{{{DI}}}waypoint") for child in part)
        part.insert(place, label)
        _bounds(label, box)


def _straight(one: Box, other: Box) -> list[Point]:
    """From the border of one box to that of another, in a line through both middles."""
    return [_border(one, other.centre), _border(other, one.centre)]


def _border(box: Box, towards: Point) -> Point:
    x, y = box.centre
    across, down = towards[0] - x, towards[1] - y
    steps = [half / abs(way) for half, way in ((box.width / 2, across), (box.height / 2, down)) if way]
    step = min([*steps, 1.0])
    return round(x + across * step), round(y + down * step)
