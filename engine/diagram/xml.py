"""Bytes to an lxml tree, hardened: the only door through which XML enters (BPMN here, DMN in `engine/decisions`).

Owns encodings, limits and the refusal of DOCTYPE; nothing is ever fetched and no entity is ever expanded. Must not know
BPMN: which vocabulary a file speaks is told by `file_kind.py`.
"""

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from engine.diagram.file_kind import sniff
from engine.errors import InvalidInput, TooLarge


@dataclass(frozen=True, slots=True)
class XmlLimits:
    """What a file may be at most. Depth is bounded by libxml2 itself at 256 elements.

    Attributes:
        size: bytes of the file.
        nodes: elements, counted by their opening and closing brackets before anything is built.
        attributes: attributes of the whole file.
        attributes_of_one: attributes of one element.
        value: characters of one attribute value.
    """

    size: int = 5_000_000
    nodes: int = 200_000
    attributes: int = 400_000
    attributes_of_one: int = 200
    value: int = 100_000


DEFAULT_LIMITS: Final = XmlLimits()


class XmlRefused(InvalidInput):
    """The bytes are no XML that Alur reads. `line` is 1-based, 0 when no line can be named."""

    code = "xml_refused"

    def __init__(self, message_id: str, message_en: str, line: int = 0) -> None:
        super().__init__(message_en, [{"field": "xml", "message": message_en, "line": line}])
        self.message_id = message_id
        self.message_en = message_en
        self.line = line


class XmlTooLarge(TooLarge):
    """The file is larger, deeper or has more parts than the limits allow."""

    code = "xml_too_large"

    def __init__(self, message_id: str, message_en: str, line: int = 0) -> None:
        super().__init__(message_en, [{"field": "xml", "message": message_en, "line": line}])
        self.message_id = message_id
        self.message_en = message_en
        self.line = line


def line_of(element: etree._Element) -> int:
    """The line on which an element begins, 0 when libxml2 does not know."""
    return int(str(element.sourceline or 0))


_ENCODINGS: Final = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "iso-8859-1",
    "iso8859-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
_DECLARED = re.compile(rb"""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_RESOURCE_LIMIT: Final = 114
_REASONS: Final = {
    4: ("tidak dimulai dengan elemen XML", "does not begin with an XML element"),
    5: ("berisi teks setelah elemen terakhir", "has content after its last element"),
    9: ("memuat karakter yang dilarang dalam XML", "contains a character that XML forbids"),
    26: ("memakai entitas yang tidak dikenal", "uses an unknown entity"),
    42: ("memuat atribut yang sama dua kali", "has the same attribute twice"),
    73: ("berhenti di tengah sebuah tag", "stops in the middle of a tag"),
    76: ("memuat tag penutup yang tidak cocok dengan pembukanya", "has a closing tag that does not match"),
    77: ("berhenti sebelum semua tag ditutup", "stops before every tag is closed"),
    201: ("memakai awalan namespace yang tidak dinyatakan", "uses a namespace prefix that is not declared"),
}


def parse_xml(data: bytes, limits: XmlLimits = DEFAULT_LIMITS) -> etree._Element:
    """The root element of `data`, without comments and processing instructions, `sourceline` kept.

    Args:
        data: the file as bytes, in UTF-8, UTF-16, Latin-1 or Windows-1252, with or without byte order mark.
        limits: what the file may be at most.

    Raises:
        XmlTooLarge: a limit is exceeded; found before the tree is built wherever that is possible.
        XmlRefused: no XML, broken XML, a DOCTYPE, or an encoding other than those above.
    """
    _check_size(data, limits)
    other = sniff(data)
    if other is not None:
        raise XmlRefused(
            f"Berkas ini {other[0]}, bukan XML. Ekspor sebagai XML dari alat pembuatnya.",
            f"Expected XML, but this is {other[1]}. Export it as XML from the tool that made it.",
        )
    text = _decode(data)
    start = _PROLOG.match(text)
    if text.startswith("<!DOCTYPE", start.end() if start else 0):
        raise XmlRefused(
            "Berkas memuat DOCTYPE, yang tidak diterima demi keamanan. Hapus baris <!DOCTYPE …>.",
            "Expected XML without a DOCTYPE, but the file has one. Remove the <!DOCTYPE …> line.",
            text.count("\n", 0, start.end() if start else 0) + 1,
        )
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise _refusal(error) from None
    _check_attributes(root, limits)
    return root


def text_of_xml(data: bytes) -> str | None:
    """The text of a file in its own encoding, None when its bytes do not fit it."""
    try:
        return _decode(data)
    except XmlRefused:
        return None


def _check_size(data: bytes, limits: XmlLimits) -> None:
    if len(data) > limits.size:
        raise XmlTooLarge(
            f"Berkas berukuran {len(data)} byte; paling besar {limits.size}. Pecah diagram menjadi beberapa berkas.",
            f"Expected at most {limits.size} bytes, but the file has {len(data)}. Split it into several files.",
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise XmlRefused("Berkas kosong.", "Expected XML, but the file is empty.")
    for mark, limit, what_id, what_en in (
        (b"<", 2 * limits.nodes, "elemen", "elements"),
        (b"=", limits.attributes, "atribut", "attributes"),
    ):
        if data.count(mark) > limit:
            raise XmlTooLarge(
                f"Berkas memuat terlalu banyak {what_id}. Pecah diagram menjadi beberapa berkas.",
                f"Expected an ordinary diagram, but the file has too many {what_en}. Split it into several files.",
            )


def _decode(data: bytes) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise XmlRefused(
            f"Baris {line}: byte tidak cocok dengan enkode {encoding}. Simpan ulang berkas sebagai UTF-8.",
            f"Expected text in {encoding}, but line {line} has other bytes. Save the file as UTF-8.",
            line,
        ) from None
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise XmlRefused(
            f"Baris {line}: berkas memuat byte NUL. Simpan ulang berkas sebagai UTF-8.",
            f"Expected text, but line {line} has a NUL byte. Save the file as UTF-8.",
            line,
        )
    return text


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and not data.startswith(b"\xff\xfe\x00\x00"):
        return "utf-16"
    if data.startswith(b"<\x00"):
        return "utf-16-le"
    if data.startswith(b"\x00<"):
        return "utf-16-be"
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if declared is None:
        return "utf-8"
    name = declared.group(1).decode("ascii").lower()
    encoding = _ENCODINGS.get(name)
    if encoding is None:
        raise XmlRefused(
            f'Enkode "{name}" tidak diterima. Simpan ulang berkas sebagai UTF-8.',
            f'Expected UTF-8, UTF-16, Latin-1 or Windows-1252, but the file declares "{name}". Save it as UTF-8.',
            1,
        )
    # The declaration was readable byte by byte, so a claim of UTF-16 without byte order mark is wrong.
    return "utf-8" if encoding.startswith("utf-16") else encoding


def _refusal(error: etree.XMLSyntaxError) -> XmlRefused | XmlTooLarge:
    line = error.lineno or 0
    code: int = error.code  # type: ignore[attr-defined]  # missing in the stubs
    if code == _RESOURCE_LIMIT:
        return XmlTooLarge(
            f"Baris {line}: elemen bersarang terlalu dalam atau terlalu besar (paling dalam 256).",
            f"Expected at most 256 nested elements of ordinary size, but line {line} exceeds that.",
            line,
        )
    reason_id, reason_en = _REASONS.get(code, ("bukan XML yang benar", "is not well-formed XML"))
    return XmlRefused(
        f"Baris {line}: berkas {reason_id}. Perbaiki atau ekspor ulang dari alat gambar.",
        f"Expected well-formed XML, but the file {reason_en} at line {line}. Repair it or export it again.",
        line,
    )


def _check_attributes(root: etree._Element, limits: XmlLimits) -> None:
    for element in root.iter():
        values = element.attrib
        line = line_of(element)
        if len(values) > limits.attributes_of_one:
            raise XmlTooLarge(
                f"Baris {line}: satu elemen memuat {len(values)} atribut; paling banyak {limits.attributes_of_one}.",
                f"Expected at most {limits.attributes_of_one} attributes, but line {line} has {len(values)}.",
                line,
            )
        if any(len(value) > limits.value for value in values.values()):
            raise XmlTooLarge(
                f"Baris {line}: nilai atribut lebih panjang dari {limits.value} karakter.",
                f"Expected attribute values of at most {limits.value} characters, but line {line} has a longer one.",
                line,
            )
