"""Uploads: types by content, bombs and attack files made here, names made safe."""

import gzip
import hashlib
import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.attachments import (
    EXTENSIONS,
    UploadDangerous,
    UploadLimits,
    UploadTooLarge,
    UploadTypeRefused,
    inspect_upload,
)
from engine.errors import AlurError
from engine.office_archives import ArchiveLimits

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"
DOCX_TYPES = b'<Types><Override ContentType="application/x.wordprocessingml.document.main+xml"/></Types>'
PARTS = {"[Content_Types].xml": DOCX_TYPES, "word/document.xml": b"<w:document/>"}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def open_document(kind: str) -> bytes:
    return packed({"mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(), "content.xml": b"<office/>"})


ACCEPTED = [
    ("surat.pdf", PDF, "application/pdf"),
    ("foto.png", PNG, "image/png"),
    ("foto.jpeg", JPEG, "image/jpeg"),
    ("foto.webp", WEBP, "image/webp"),
    ("surat.docx", packed(PARTS), EXTENSIONS[".docx"]),
    ("data.xlsx", packed({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), EXTENSIONS[".xlsx"]),
    ("surat.odt", open_document("text"), EXTENSIONS[".odt"]),
    ("data.ods", open_document("spreadsheet"), EXTENSIONS[".ods"]),
    ("catatan.txt", "Sudah diperiksa – lengkap.\n".encode(), "text/plain"),
    ("data.csv", b"\xef\xbb\xbfnama;nilai\nA;1\n", "text/csv"),
]


@pytest.mark.parametrize(("name", "data", "media_type"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_every_allowed_type_is_recognised_by_its_content(name: str, data: bytes, media_type: str) -> None:
    upload = inspect_upload(name, data)
    assert (upload.media_type, upload.safe_name, upload.size) == (media_type, name, len(data))
    assert upload.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(("name", "data", "media_type"), ACCEPTED, ids=[row[0] for row in ACCEPTED])
def test_the_claimed_name_never_decides_over_a_binary_type(name: str, data: bytes, media_type: str) -> None:
    upload = inspect_upload("tagihan.exe", data)
    assert upload.media_type == ("text/plain" if media_type == "text/csv" else media_type)
    assert upload.safe_name.startswith("tagihan.exe.")


REFUSED = {
    "empty": b"",
    "blank": b" \n\t",
    "windows program": b"MZ\x90\x00\x03" + bytes(64),
    "linux program": b"\x7fELF\x02\x01\x01" + bytes(64),
    "gif": b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00;",
    "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "html after blanks": b"\n\n   <HTML><body onload=alert(1)>",
    "html after text": b"catatan biasa <script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "shell script": b"#!/bin/sh\nrm -rf /\n",
    "zip": packed({"a.txt": b"halo"}),
    "jar": packed({"META-INF/MANIFEST.MF": b"Main-Class: A", "A.class": b"\xca\xfe\xba\xbe"}),
    "gzip": gzip.compress(b"halo"),
    "old office": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "text with NUL": b"halo\x00dunia",
    "not utf-8": b"caf\xe9 latin",
    "pdf mark too late": b"GIF89a" + PDF,
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_everything_else_is_refused_whatever_its_name(data: bytes) -> None:
    for name in ("surat.pdf", "catatan.txt", "data.csv", "surat.docx"):
        with pytest.raises(UploadTypeRefused) as refusal:
            inspect_upload(name, data)
        assert refusal.value.status == 415
        assert "Expected" in refusal.value.detail


def lying_directory() -> bytes:
    """A docx whose directory claims a part to be far larger than it is."""
    data = bytearray(packed(PARTS))
    at = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 0xFFFFFFF0)
    return bytes(data)


def encrypted() -> bytes:
    data = bytearray(packed(PARTS))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def duplicate_names() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", DOCX_TYPES)
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("Word/Document.xml", "<b/>")
    return target.getvalue()


BOMB = packed({"word/media/image1.bmp": bytes(40 * 1024 * 1024), **PARTS})
NESTED_ONCE = packed({**PARTS, "word/embeddings/a.docx": packed(PARTS)})
NESTED_TWICE = packed({**PARTS, "word/embeddings/b.docx": NESTED_ONCE})
DANGEROUS = {
    "ratio bomb": BOMB,
    "bomb in an embedded document": packed({**PARTS, "word/embeddings/a.docx": BOMB}),
    "nested twice": NESTED_TWICE,
    "zip inside": packed({**PARTS, "word/a.zip": packed({"a.txt": b"halo"})}),
    "gzip inside": packed({**PARTS, "word/a.bin": gzip.compress(b"halo")}),
    "too many parts": packed(PARTS | {f"word/{n}.xml": b"" for n in range(2001)}, zipfile.ZIP_STORED),
    "directory of a million": packed(PARTS) + b"PK\x01\x02" * 4001 + packed(PARTS),
    "traversal": packed({**PARTS, "../../etc/cron.d/a": b"x"}),
    "backslash traversal": packed({**PARTS, "..\\..\\a": b"x"}),
    "absolute": packed({**PARTS, "/etc/passwd": b"x"}),
    "drive": packed({**PARTS, "C:a": b"x"}),
    "macros": packed({**PARTS, "word/vbaProject.bin": b"x"}),
    "macro content type": packed({**PARTS, "[Content_Types].xml": b'ContentType="x.macroEnabled.main+xml"'}),
    "entities": packed(
        {**PARTS, "word/document.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}
    ),
    "entities in utf-16": packed({**PARTS, "word/document.xml": '<?xml version="1.0"?><!DOCTYPE a>'.encode("utf-16")}),
    "lzma": packed(PARTS, zipfile.ZIP_LZMA),
    "lying directory": lying_directory(),
    "encrypted": encrypted(),
    "duplicate names": duplicate_names(),
    "cut off": packed(PARTS)[:-30],
    "only a mark": b"PK\x03\x04" + bytes(100),
}


@pytest.mark.parametrize("data", DANGEROUS.values(), ids=DANGEROUS.keys())
def test_harmful_and_damaged_office_files_are_refused(data: bytes) -> None:
    with pytest.raises(UploadDangerous) as refusal:
        inspect_upload("surat.docx", data)
    assert refusal.value.status == 422


def test_a_document_embedded_in_a_document_is_ordinary() -> None:
    assert inspect_upload("surat.docx", NESTED_ONCE).media_type == EXTENSIONS[".docx"]


def test_the_size_limit_is_exact() -> None:
    limits = UploadLimits(max_bytes=len(PDF))
    assert inspect_upload("a.pdf", PDF, limits).size == len(PDF)
    with pytest.raises(UploadTooLarge) as refusal:
        inspect_upload("a.pdf", PDF + b"\n", limits)
    assert refusal.value.status == 413


def test_unpacked_size_counts_over_all_parts() -> None:
    parts = {**PARTS, **{f"word/{n}.bin": bytes(range(256)) * 4 for n in range(10)}}
    fitting = ArchiveLimits(max_unpacked_bytes=sum(map(len, parts.values())))
    inspect_upload("a.docx", packed(parts), UploadLimits(archive=fitting))
    with pytest.raises(UploadDangerous):
        inspect_upload("a.docx", packed({**parts, "word/x.bin": b"x"}), UploadLimits(archive=fitting))


@settings(max_examples=300)
@given(
    st.sampled_from([row[1] for row in ACCEPTED] + [NESTED_ONCE, packed(PARTS, zipfile.ZIP_STORED)]),
    st.lists(st.tuples(st.integers(0, 2000), st.binary(min_size=1, max_size=4)), max_size=6),
    st.integers(0, 2000),
)
def test_damaged_files_are_kept_or_refused_but_never_a_crash(
    data: bytes, changes: list[tuple[int, bytes]], end: int
) -> None:
    damaged = bytearray(data[: max(1, len(data) - end % len(data))])
    for at, new in changes:
        at %= len(damaged)
        damaged[at : at + len(new)] = new
    try:
        upload = inspect_upload("a.bin", bytes(damaged))
    except AlurError as refusal:
        assert refusal.detail.startswith("Expected")
    else:
        assert upload.media_type in EXTENSIONS.values()


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_kept_or_refused(data: bytes, name: str) -> None:
    try:
        upload = inspect_upload(name, data)
    except AlurError as refusal:
        assert refusal.status in (413, 415, 422)
    else:
        assert upload.size == len(data)
