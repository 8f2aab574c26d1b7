"""Reads what stands in `extensionElements`: the whole `sop:` vocabulary and the few vendor extras that are harmless.

A vendor extra is harmless when it only says in another dialect what BPMN leaves open: a form key, a multi-instance
collection, a job type, a decision key, an input mapping. Everything else of a vendor is left to the rules.
"""

import re
from collections.abc import Iterator

from lxml import etree

from engine.diagram.model import Identity, QualityStandard
from engine.diagram.names import BPMN, CAMUNDA_LIKE, SOP, ZEEBE

_PLAIN_KEY = re.compile(r"[\w.-]+")


def text_of(element: etree._Element | None) -> str:
    """All text inside an element, stripped; "" for None."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def child_text(element: etree._Element, tag: str) -> str | None:
    """The text of the first BPMN child of that tag, None when there is none."""
    child = element.find(f"{{{BPMN}}}{tag}")
    return None if child is None else text_of(child)


def feel(text: str | None) -> str | None:
    """FEEL text without the leading `=` that other tools write; None stays None."""
    return None if text is None else text.strip().removeprefix("=").strip()


def extension(element: etree._Element, namespace: str, tag: str) -> etree._Element | None:
    """The first extension element of that name, or None."""
    box = element.find(f"{{{BPMN}}}extensionElements")
    return None if box is None else box.find(f"{{{namespace}}}{tag}")


def vendor_attribute(element: etree._Element, name: str) -> str | None:
    """A Camunda, Flowable or Activiti attribute of an element, None when absent."""
    return next((value for uri in CAMUNDA_LIKE if (value := element.get(f"{{{uri}}}{name}")) is not None), None)


def _sop_texts(parent: etree._Element, tag: str) -> tuple[str, ...]:
    texts = (text_of(child) for child in parent.iterfind(f"{{{SOP}}}{tag}"))
    return tuple(text for text in texts if text)


def read_identity(process: etree._Element) -> Identity | None:
    """`sop:identitas` and `sop:sumber` of a process; None when both are absent."""
    identity, source = extension(process, SOP, "identitas"), extension(process, SOP, "sumber")
    if identity is None and source is None:
        return None
    about = identity if identity is not None else etree.Element("none")
    origin = source if source is not None else etree.Element("none")
    return Identity(
        number=about.get("nomor", ""),
        created_on=about.get("tanggalPembuatan", ""),
        revised_on=about.get("tanggalRevisi", ""),
        effective_on=about.get("tanggalEfektif", ""),
        approved_by=about.get("disahkanOleh", ""),
        agency=about.get("instansi", ""),
        unit=about.get("unit", ""),
        confidentiality=about.get("kerahasiaan", "biasa"),
        legal_basis=_sop_texts(about, "dasarHukum"),
        qualifications=_sop_texts(about, "kualifikasiPelaksana"),
        related=_sop_texts(about, "keterkaitan"),
        equipment=_sop_texts(about, "peralatan"),
        warnings=_sop_texts(about, "peringatan"),
        records=_sop_texts(about, "pencatatan"),
        source_document=origin.get("dokumen", ""),
        source_lines=origin.get("baris", ""),
        source_complete=origin.get("lengkap", "true") != "false",
        source_note=text_of(origin),
    )


def read_quality(element: etree._Element) -> QualityStandard | None:
    """`sop:mutuBaku` of an activity, or None."""
    found = extension(element, SOP, "mutuBaku")
    if found is None:
        return None
    return QualityStandard(
        no=found.get("no", ""),
        words=found.get("waktu", ""),
        min=found.get("min") or None,
        max=found.get("max") or None,
        kalender=found.get("kalender", "kerja"),
        requirements=_sop_texts(found, "kelengkapan"),
        deliverables=_sop_texts(found, "output"),
    )


def read_text(element: etree._Element, tag: str) -> str | None:
    """The text of one `sop:` extension (`keterangan`, `asumsi`), None when absent."""
    found = extension(element, SOP, tag)
    return None if found is None else text_of(found)


def read_form_key(element: etree._Element) -> str | None:
    """`sop:formulir/@kunci`, else a plain form key of another tool (no `embedded:` URL, no expression)."""
    own = extension(element, SOP, "formulir")
    if own is not None and own.get("kunci"):
        return own.get("kunci")
    zeebe = extension(element, ZEEBE, "formDefinition")
    candidates = [
        zeebe.get("formId") or zeebe.get("formKey") if zeebe is not None else None,
        vendor_attribute(element, "formRef"),
        vendor_attribute(element, "formKey"),
    ]
    return next((key for key in candidates if key and _PLAIN_KEY.fullmatch(key)), None)


def read_assignee(element: etree._Element) -> str | None:
    """`sop:penugasan/@kepada` or Zeebe's assignee: a user name, or `=FEEL` giving one."""
    own, zeebe = extension(element, SOP, "penugasan"), extension(element, ZEEBE, "assignmentDefinition")
    return (own.get("kepada") if own is not None else None) or (zeebe.get("assignee") if zeebe is not None else None)


def read_called(element: etree._Element, tag: str) -> str | None:
    """The called process, decision key or job type, in our vocabulary or a vendor's; None when nothing is named."""
    if tag == "callActivity":
        zeebe = extension(element, ZEEBE, "calledElement")
        return element.get("calledElement") or (zeebe.get("processId") if zeebe is not None else None)
    if tag == "businessRuleTask":
        own, zeebe = extension(element, SOP, "keputusan"), extension(element, ZEEBE, "calledDecision")
        return (
            (own.get("kunci") if own is not None else None)
            or (zeebe.get("decisionId") if zeebe is not None else None)
            or vendor_attribute(element, "decisionRef")
        )
    own, zeebe = extension(element, SOP, "pekerjaan"), extension(element, ZEEBE, "taskDefinition")
    return (
        (own.get("jenis") if own is not None else None)
        or (zeebe.get("type") if zeebe is not None else None)
        or vendor_attribute(element, "topic")
    )


def read_result_variable(element: etree._Element) -> str | None:
    """The variable that takes the result of a decision or of a one-expression script."""
    own = extension(element, SOP, "keputusan")
    if own is not None and own.get("hasil"):
        return own.get("hasil")
    for tag in ("calledDecision", "script"):
        zeebe = extension(element, ZEEBE, tag)
        if zeebe is not None and zeebe.get("resultVariable"):
            return zeebe.get("resultVariable")
    return vendor_attribute(element, "resultVariable")


def read_mappings(element: etree._Element, direction: str) -> tuple[tuple[str, str], ...]:
    """(target variable, FEEL) pairs of `zeebe:ioMapping` or `camunda:inputOutput`; direction "input" or "output"."""
    return tuple(_zeebe_mappings(element, direction)) + tuple(_camunda_mappings(element, direction))


def _zeebe_mappings(element: etree._Element, direction: str) -> Iterator[tuple[str, str]]:
    box = extension(element, ZEEBE, "ioMapping")
    for mapping in box.iterfind(f"{{{ZEEBE}}}{direction}") if box is not None else ():
        yield mapping.get("target", ""), feel(mapping.get("source", "")) or ""


def _camunda_mappings(element: etree._Element, direction: str) -> Iterator[tuple[str, str]]:
    for uri in CAMUNDA_LIKE:
        box = extension(element, uri, "inputOutput")
        for mapping in box.iterfind(f"{{{uri}}}{direction}Parameter") if box is not None else ():
            if len(mapping):
                continue  # a script, list or map, which the rule `vendor_execution` refuses
            text = text_of(mapping)
            is_expression = "${" in text or "#{" in text
            yield mapping.get("name", ""), text if is_expression else '"' + text.replace('"', '\\"') + '"'
