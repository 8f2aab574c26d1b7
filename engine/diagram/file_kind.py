"""Says what a file is that is not BPMN 2.0. Owns the list of other formats; must not read their contents."""

from typing import Final

from lxml import etree

from engine.diagram.names import BPMN

_BY_NAMESPACE: Final = (
    ("http://www.omg.org/spec/dmn/", "tabel keputusan DMN", "a DMN decision model"),
    ("http://www.omg.org/spec/cmmn/", "model kasus CMMN", "a CMMN case model"),
    ("http://schema.omg.org/spec/bpmn/2.0", "BPMN 2.0 versi beta", "a beta version of BPMN 2.0"),
    ("http://www.omg.org/spec/bpmn/2.0", "BPMN 2.0 versi beta", "a beta version of BPMN 2.0"),
    ("http://schema.omg.org/spec/bpmn/1", "BPMN 1.x", "BPMN 1.x"),
    ("http://www.wfmc.org/", "XPDL (pertukaran BPMN 1.x)", "XPDL, the exchange format of BPMN 1.x"),
    ("http://jbpm.org/", "jPDL milik jBPM lama", "jPDL of old jBPM"),
    ("urn:jbpm.org:jpdl", "jPDL milik jBPM lama", "jPDL of old jBPM"),
    ("http://docs.oasis-open.org/wsbpel/", "BPEL", "BPEL"),
    ("http://schemas.xmlsoap.org/ws/2003/03/business-process", "BPEL", "BPEL"),
    ("http://www.w3.org/2000/svg", "gambar SVG", "an SVG picture"),
    ("http://schemas.microsoft.com/visio/", "gambar Visio", "a Visio drawing"),
    ("http://schemas.microsoft.com/office/visio/", "gambar Visio", "a Visio drawing"),
    ("http://www.w3.org/1999/xhtml", "halaman HTML", "an HTML page"),
    ("http://graphml.graphdrawing.org/", "GraphML (yEd)", "GraphML (yEd)"),
    ("http://www.omg.org/spec/uml/", "model UML", "a UML model"),
    ("http://schema.omg.org/spec/xmi", "berkas XMI (UML)", "an XMI file (UML)"),
    ("http://www.omg.org/xmi", "berkas XMI (UML)", "an XMI file (UML)"),
)
_BY_ROOT: Final = {
    "mxfile": ("gambar draw.io", "a draw.io drawing"),
    "mxgraphmodel": ("gambar draw.io", "a draw.io drawing"),
    "svg": ("gambar SVG", "an SVG picture"),
    "html": ("halaman HTML", "an HTML page"),
    "visiodocument": ("gambar Visio", "a Visio drawing"),
    "package": ("XPDL (pertukaran BPMN 1.x)", "XPDL, the exchange format of BPMN 1.x"),
    "businessprocessdiagram": ("BPMN 1.x", "BPMN 1.x"),
    "aml": ("ekspor ARIS", "an ARIS export"),
    "epml": ("diagram EPC", "an EPC diagram"),
    "pnml": ("jaring Petri (PNML)", "a Petri net (PNML)"),
    "xmi": ("berkas XMI (UML)", "an XMI file (UML)"),
    "adoxml": ("ekspor ADONIS", "an ADONIS export"),
}


_BY_FIRST_BYTES: Final = (
    (b"PK\x03\x04", "arsip ZIP (misalnya Visio .vsdx)", "a ZIP archive (such as Visio .vsdx)"),
    (b"%PDF", "dokumen PDF", "a PDF document"),
    (b"\x89PNG", "gambar PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "gambar JPEG", "a JPEG picture"),
    (b"GIF8", "gambar GIF", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "berkas Office atau Visio lama", "an old Office or Visio file"),
    (b"\x1f\x8b", "arsip gzip", "a gzip archive"),
    (b"{", "JSON", "JSON"),
    (b"[", "JSON", "JSON"),
)


def sniff(data: bytes) -> tuple[str, str] | None:
    """What bytes are that cannot be XML, as noun phrases in Bahasa Indonesia and English; None when they may be XML."""
    return next(((what_id, what_en) for mark, what_id, what_en in _BY_FIRST_BYTES if data.startswith(mark)), None)


def is_bpmn(root: etree._Element) -> bool:
    """Whether the root is `definitions` of BPMN 2.0."""
    return bool(root.tag == f"{{{BPMN}}}definitions")


def what_is_it(root: etree._Element) -> tuple[str, str]:
    """What a file is, as a noun phrase in Bahasa Indonesia and in English ("an SVG picture")."""
    name = etree.QName(root)
    if is_bpmn(root):
        return "BPMN 2.0", "BPMN 2.0"
    namespace = (name.namespace or "").lower().replace("https://", "http://", 1)
    for prefix, indonesian, english in _BY_NAMESPACE:
        if namespace.startswith(prefix):
            return indonesian, english
    by_root = _BY_ROOT.get(name.localname.lower())
    if by_root is not None:
        return by_root
    if name.localname == "definitions" and not namespace:
        return "berkas mirip BPMN tanpa namespace", "a file like BPMN without its namespace"
    return f"XML biasa dengan elemen akar <{name.localname}>", f"plain XML with the root <{name.localname}>"
