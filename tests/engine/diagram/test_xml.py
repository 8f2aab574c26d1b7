"""The XML door: encodings that come in, attacks that do not."""

import time

import pytest

from engine.diagram.xml import XmlLimits, XmlRefused, XmlTooLarge, line_of, parse_xml

TEXT = '<?xml version="1.0" encoding="{}"?>\n<a nama="Kéluar">teks é</a>'


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("UTF-8", "utf-8"),
        ("UTF-8", "utf-8-sig"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-le"),
        ("UTF-16", "utf-16-be"),
        ("ISO-8859-1", "latin-1"),
        ("windows-1252", "cp1252"),
    ],
)
def test_reads_every_encoding_that_tools_write(declared: str, codec: str) -> None:
    root = parse_xml(TEXT.format(declared).encode(codec))
    assert (root.get("nama"), root.text) == ("Kéluar", "teks é")


def test_keeps_lines_and_drops_comments() -> None:
    root = parse_xml(b"<a>\n<!-- x -->\n<b/><?pi x?></a>")
    assert [child.tag for child in root] == ["b"]
    assert line_of(root[0]) == 3


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 0),
        (b"  \n ", 0),
        (b"halo", 1),
        (b"<a>\n<b></a>", 2),
        (b"<a><b", 1),
        (b"<a>\n\n&x;</a>", 3),
        (b'<a b="1" b="2"/>', 1),
        (b'<a x:y="1"/>', 1),
        (b"<a>\n\x00</a>", 2),
        (b"<a>\x01</a>", 1),
        (b"<a/><b/>", 1),
        (b"<a>\n\xe9</a>", 2),
        (b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b/+AD4-</a>', 1),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-US"?><a/>', 1),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 1),
        (b'<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 3),
        ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), 1),
        (b"\xff\xfe<", 1),
        (b"PK\x03\x04" + b"\x00" * 30, 0),
        (b"%PDF-1.7\n", 0),
    ],
)
def test_refuses_with_the_line(data: bytes, line: int) -> None:
    with pytest.raises(XmlRefused) as refused:
        parse_xml(data)
    assert refused.value.line == line
    assert refused.value.message_en.startswith(("Expected", "The file"))
    assert refused.value.message_id


def test_refuses_xxe_and_billion_laughs_without_reading_them() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (i, b"&l%d;" % (i - 1) * 10) for i in range(1, 30))
    for body in (b'<!ENTITY x SYSTEM "file:///etc/passwd">', b'<!ENTITY l0 "ha">' + laughs):
        with pytest.raises(XmlRefused):
            parse_xml(b"<!DOCTYPE a [" + body + b"]><a>&x;&l29;</a>")


@pytest.mark.parametrize(
    "data",
    [
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>" * 300 + b"</a>" * 300,
        b"<a " + b" ".join(b'a%d="x"' % i for i in range(1_000_000)) + b"/>",
        b"<a " + b" ".join(b'a%d="x"' % i for i in range(300)) + b"/>",
        b'<a b="' + b"x" * 200_000 + b'"/>',
        b"<a>" + b"<b/>" * 500_000 + b"</a>",
        b"<a>" + b"x" * 6_000_000 + b"</a>",
    ],
)
def test_limits_hold_quickly(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(XmlTooLarge):
        parse_xml(data)
    assert time.process_time() - began < 1


def test_limits_can_be_set() -> None:
    with pytest.raises(XmlTooLarge):
        parse_xml(b"<a><b/></a>", XmlLimits(size=5))
