"""Looks into office files (ZIP containers) without unpacking them: what they are, and whether unpacking would harm.

Pure: bytes in, a media type or a refusal out. Sizes are those of the archive's own directory; Python's zipfile, which
every later reader in Alur uses, never reads more of an entry than the directory states.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

_MAIN_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPEN_DOCUMENTS = frozenset(
    {"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"}
)
_CONTENT_TYPES = "[Content_Types].xml"
_ARCHIVE_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_HEAD_BYTES = 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL_PART = 1024 * 1024
_ENCRYPTED = 0x1
_MACRO_MARKS = ("vbaproject.bin", "vbadata.xml", "/basic/", "/scripts/")
_RATIO_COUNTS_FROM = 100 * 1024  # tiny parts may well shrink a hundredfold


class ArchiveRefused(ValueError):
    """The archive is damaged or dangerous; the text completes "Expected a sound office file, but …"."""


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an office file may hold.

    Attributes:
        max_entries: files in the archive, those of embedded documents included.
        max_unpacked_bytes: of all of them together.
        max_ratio: unpacked to packed size of one entry.
        max_depth: 1 allows documents embedded in the document, but nothing inside those.
    """

    max_entries: int = 2_000
    max_unpacked_bytes: int = 200 * 1024 * 1024
    max_ratio: int = 200
    max_depth: int = 1


def office_type(data: bytes, limits: ArchiveLimits) -> str | None:
    """The media type of a docx, xlsx, odt or ods; None for any other archive that is sound.

    Raises:
        ArchiveRefused: damaged, encrypted, with macros, with unsafe entry names, or a bomb by one of the limits.
    """
    try:
        return _Inspection(limits).inspect(data, depth=0)
    except ArchiveRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, struct.error) as error:
        raise ArchiveRefused(f"it is damaged ({error})") from error


class _Inspection:
    """One look at an archive and the archives in it, with one budget."""

    def __init__(self, limits: ArchiveLimits) -> None:
        self.limits = limits
        self.entries = 0
        self.unpacked = 0

    def inspect(self, data: bytes, depth: int) -> str | None:
        if depth > self.limits.max_depth:
            raise ArchiveRefused("it holds archives inside archives")
        if data.count(_DIRECTORY_ENTRY) > 2 * self.limits.max_entries:  # before zipfile spends time on reading them
            raise ArchiveRefused(f"it holds more than {self.limits.max_entries} parts")
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            self._count(infos)
            for info in infos:
                self._check(info)
            for info in infos:
                self._check_embedded(archive, info, depth)
            return _type_of(archive)

    def _count(self, infos: list[zipfile.ZipInfo]) -> None:
        self.entries += len(infos)
        if self.entries > self.limits.max_entries:
            raise ArchiveRefused(f"it holds more than {self.limits.max_entries} parts")
        if len({info.filename.lower() for info in infos}) != len(infos):
            raise ArchiveRefused("it holds two parts of the same name")

    def _check(self, info: zipfile.ZipInfo) -> None:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/") or not name.isprintable():
            raise ArchiveRefused(f"a part has the unsafe name {name[:80]!r}")
        if info.flag_bits & _ENCRYPTED:
            raise ArchiveRefused("it is encrypted")
        if info.compress_type not in _METHODS:
            raise ArchiveRefused(f"it is packed by method {info.compress_type}, which office programs do not use")
        if any(mark in f"/{name.lower()}" for mark in _MACRO_MARKS):
            raise ArchiveRefused("it carries macros")
        self.unpacked += info.file_size
        if self.unpacked > self.limits.max_unpacked_bytes:
            raise ArchiveRefused(f"it unpacks to more than {self.limits.max_unpacked_bytes} bytes")
        if info.file_size > max(info.compress_size * self.limits.max_ratio, _RATIO_COUNTS_FROM):
            raise ArchiveRefused(f"the part {name[:80]!r} unpacks to more than {self.limits.max_ratio} times its size")

    def _check_embedded(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int) -> None:
        with archive.open(info) as part:
            head = part.read(_HEAD_BYTES)
            if b"<!doctype" in head.replace(b"\x00", b"").lower():  # NULs: the same mark in UTF-16
                raise ArchiveRefused("a part declares XML entities")
            if not head.startswith(_ARCHIVE_STARTS):
                return
            if not head.startswith(b"PK"):
                raise ArchiveRefused("it holds archives inside archives")
            inner = head + part.read()
        if self.inspect(inner, depth + 1) is None:
            raise ArchiveRefused("it holds an archive that is no office document")


def _type_of(archive: zipfile.ZipFile) -> str | None:
    names = set(archive.namelist())
    if _CONTENT_TYPES in names:
        declared = _read_small(archive, _CONTENT_TYPES).lower()
        if b"macroenabled" in declared:
            raise ArchiveRefused("it carries macros")
        return next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if "mimetype" in names:
        declared_type = _read_small(archive, "mimetype").decode("ascii", "replace").strip()
        return declared_type if declared_type in _OPEN_DOCUMENTS and "content.xml" in names else None
    return None


def _read_small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_SMALL_PART)
