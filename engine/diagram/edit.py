"""The few changes Alur itself makes to a drawn file: another key for a copy, the identity of a version.

Everything else in the file stays as it was drawn.
"""

from lxml import etree

from engine.diagram.names import BPMN, BPMNDI, SOP
from engine.diagram.xml import parse_xml, text_of_xml


def copied_as(xml: bytes, key: str, name: str) -> bytes:
    """A copy of the file whose main process has this key and name; number, dates and source of the original go.

    Raises:
        XmlRefused, XmlTooLarge: the bytes cannot be read.
    """
    root = parse_xml(xml)
    process = _main(root)
    if process is None:
        return xml
    old = process.get("id", "")
    process.set("id", key)
    process.set("name", name)
    for participant in root.iter(f"{{{BPMN}}}participant"):
        if participant.get("processRef") == old:
            participant.set("processRef", key)
    for shape in root.iter(f"{{{BPMNDI}}}BPMNPlane"):
        if shape.get("bpmnElement") == old:
            shape.set("bpmnElement", key)
    for form in process.iter(f"{{{SOP}}}formulir"):
        known = form.get("kunci", "")
        if known.startswith(f"{old}."):
            form.set("kunci", key + known.removeprefix(old))
    for identity in process.iter(f"{{{SOP}}}identitas"):
        for date in ("nomor", "tanggalPembuatan", "tanggalRevisi", "tanggalEfektif"):
            identity.set(date, "")
    for source in list(process.iter(f"{{{SOP}}}sumber")):
        parent = source.getparent()
        if parent is not None:
            parent.remove(source)
    return _written(root)


def with_identity(xml: bytes, **values: str) -> bytes:
    """The file with attributes of `sop:identitas` set (nomor, tanggalEfektif, …); the element is made if missing.

    Raises:
        XmlRefused, XmlTooLarge: the bytes cannot be read.
    """
    root = parse_xml(xml)
    process = _main(root)
    if process is None:
        return xml
    box = process.find(f"{{{BPMN}}}extensionElements")
    if box is None:
        box = etree.Element(f"{{{BPMN}}}extensionElements")
        documentation = process.findall(f"{{{BPMN}}}documentation")
        process.insert(len(documentation), box)
    identity = box.find(f"{{{SOP}}}identitas")
    if identity is None:
        identity = etree.SubElement(box, f"{{{SOP}}}identitas", nsmap={"sop": SOP})
    for name, value in values.items():
        identity.set(name, value)
    return _written(root)


def readable(xml: bytes) -> str:
    """The file as text for a browser, whatever is wrong with it."""
    return text_of_xml(xml) or xml.decode("utf-8", errors="replace")


def _main(root: etree._Element) -> etree._Element | None:
    """The process that a start runs: the first executable one."""
    processes = root.iterfind(f"{{{BPMN}}}process")
    return next((one for one in processes if one.get("isExecutable") not in ("false", "0")), None)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"
