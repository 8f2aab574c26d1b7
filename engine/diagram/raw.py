"""Reads the raw facts of a BPMN tree in one walk (see `source.py`). Gives nameless elements their placeholder key."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.names import BPMN, BPMNDI, DC, SOP, XSI
from engine.diagram.source import Edge, Foreign, RawElement, Shape, SopElement, Vendor
from engine.diagram.xml import line_of


@dataclass(slots=True)
class Raw:
    """What the walk collects; `keys` maps each lxml element to the key that the diagram uses."""

    elements: list[RawElement] = field(default_factory=list)
    vendors: list[Vendor] = field(default_factory=list)
    sop: list[SopElement] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    keys: dict[etree._Element, str] = field(default_factory=dict)
    by_id: dict[str, etree._Element] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)


def read_raw(root: etree._Element) -> Raw:
    """All facts under the root `definitions`, in the order of the file."""
    raw = Raw()
    stack: list[tuple[etree._Element, int]] = [(child, -1) for child in reversed(root)]
    while stack:
        element, parent = stack.pop()
        namespace, tag = _split(str(element.tag))
        if namespace == BPMN:
            if tag == "extensionElements":
                _read_extensions(element, parent, raw)
                continue
            index = _add(element, tag, parent, raw)
            if tag in ("documentation", "text", "script"):
                continue
            stack.extend((child, index) for child in reversed(element))
        elif namespace == BPMNDI:
            _read_interchange(element, raw)
        elif not _inside_expression(parent, raw):
            raw.foreign.append(Foreign(tag, namespace, parent, line_of(element)))
    return raw


def _split(tag: str) -> tuple[str, str]:
    if tag[0] != "{":
        return "", tag
    namespace, _, local = tag[1:].partition("}")
    return namespace, local


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    return ((str(name), str(value)) for name, value in element.attrib.items())


def _inside_expression(parent: int, raw: Raw) -> bool:
    return parent >= 0 and raw.elements[parent].tag in ("from", "to", "script", "import", "itemDefinition")


def _add(element: etree._Element, tag: str, parent: int, raw: Raw) -> int:
    index = len(raw.elements)
    line = line_of(element)
    plain: dict[str, str] = {}
    for name, value in _attributes(element):
        if name[0] != "{":
            plain[name] = value
            continue
        namespace, local = _split(name)
        if namespace not in (XSI, SOP, BPMN):
            raw.vendors.append(Vendor(index, namespace, local, value, line, is_attribute=True))
    identifier = plain.get("id", "").strip()
    key = identifier or f"?{index}"
    text = "" if len(element) else (element.text or "").strip()
    raw.elements.append(RawElement(index, tag, identifier, plain.get("name", ""), line, parent, plain, text, key))
    raw.keys[element] = key
    raw.children.setdefault(parent, []).append(index)
    if identifier:
        raw.by_id.setdefault(identifier, element)
    return index


def _read_extensions(element: etree._Element, owner: int, raw: Raw) -> None:
    for child in element:
        namespace, tag = _split(str(child.tag))
        if namespace == SOP:
            raw.sop.append(_sop(child, owner, ""))
            raw.sop.extend(_sop(inner, owner, tag) for inner in child)
        elif namespace != BPMN:
            value = (child.text or "").strip()
            attributes = {_split(name)[1]: text for name, text in _attributes(child)}
            raw.vendors.append(
                Vendor(owner, namespace, tag, value, line_of(child), is_attribute=False, attributes=attributes)
            )
            if tag == "inputOutput":
                raw.vendors.extend(_structured(child, owner))


def _structured(mappings: etree._Element, owner: int) -> Iterator[Vendor]:
    """Scripts, lists and maps as values of input and output parameters."""
    for parameter in mappings:
        for value in parameter:
            namespace, tag = _split(str(value.tag))
            yield Vendor(owner, namespace, tag, (value.text or "").strip(), line_of(value), is_attribute=False)


def _sop(element: etree._Element, owner: int, inside: str) -> SopElement:
    namespace, name = _split(str(element.tag))
    attributes = {_split(key)[1]: value for key, value in _attributes(element)}
    return SopElement(owner, name if namespace == SOP else f"{namespace}:{name}", inside, line_of(element), attributes)


def _read_interchange(element: etree._Element, raw: Raw) -> None:
    for shape in element.iter(f"{{{BPMNDI}}}BPMNShape"):
        bounds = shape.find(f"{{{DC}}}Bounds")
        if bounds is not None:
            x, y, width, height = (_number(bounds.get(side)) for side in ("x", "y", "width", "height"))
            target = shape.get("bpmnElement", "")
            raw.shapes.append(Shape(target, x, y, width, height, line_of(shape)))
    for edge in element.iter(f"{{{BPMNDI}}}BPMNEdge"):
        raw.edges.append(Edge(edge.get("bpmnElement", ""), line_of(edge)))


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
