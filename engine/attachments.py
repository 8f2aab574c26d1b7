"""Decides whether an upload may be kept, what it really is and under which name: by its content, never by its claim.

Pure: bytes in, values out; no storage, no database, no clock. The only home of puremagic.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import puremagic

from engine.errors import AlurError, TooLarge
from engine.file_names import safe_name
from engine.office_archives import ArchiveLimits, ArchiveRefused, office_type

EXTENSIONS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".txt": "text/plain",
    ".csv": "text/csv",
}
"""File name extension → media type, both lower case: everything that may be uploaded."""

_HEAD_BYTES = 4096
_BINARY_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
_SIGNATURES: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": lambda data: data.startswith(b"%PDF-"),
    "image/png": lambda data: data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR",
    "image/jpeg": lambda data: data.startswith(b"\xff\xd8\xff"),
    "image/webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
}
_ACTIVE_TEXT = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?xml", b"<?php", b"<body", b"<iframe", b"%pdf-", b"#!")
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


class UploadTooLarge(TooLarge):
    """The file has more bytes than allowed."""

    code = "upload_too_large"


class UploadTypeRefused(AlurError):
    """The content is none of the allowed types, whatever the name says."""

    code = "upload_type_refused"
    status = 415


class UploadDangerous(AlurError):
    """The content has an allowed type but would harm whoever unpacks or opens it, or is damaged."""

    code = "upload_dangerous"
    status = 422


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large an upload may be.

    Attributes:
        max_bytes: size of the file.
        archive: limits for what an office file holds unpacked.
    """

    max_bytes: int = 10 * 1024 * 1024
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload that may be kept.

    Attributes:
        sha256: of the content, lower-case hex; the name under which it is stored.
        safe_name: for people and for download; no path, no control or direction marks, ending that fits the type.
        media_type: as found in the content.
        size: bytes.
    """

    sha256: str
    safe_name: str
    media_type: str
    size: int


def inspect_upload(name: str, data: bytes, limits: UploadLimits | None = None) -> Upload:
    """Checks one uploaded file.

    Args:
        name: as the client calls it; never trusted, used only to tell csv from plain text and for people to read.
        data: the whole content.
        limits: sizes; the defaults are 10 MiB and `ArchiveLimits`.

    Raises:
        UploadTooLarge: too many bytes.
        UploadTypeRefused: empty, or a type that is not on the allow-list.
        UploadDangerous: an office file that is damaged, encrypted, carries macros or unpacks to too much.
    """
    limits = limits or UploadLimits()
    if len(data) > limits.max_bytes:
        raise _refused(
            UploadTooLarge,
            f"Expected a file of at most {limits.max_bytes} bytes, but got {len(data)}; make it smaller.",
        )
    media_type = _sniff(name, data, limits)
    return Upload(hashlib.sha256(data).hexdigest(), safe_name(name, _endings(media_type)), media_type, len(data))


def _sniff(name: str, data: bytes, limits: UploadLimits) -> str:
    guesses = _guesses(data)
    for media_type in sorted(_BINARY_TYPES & guesses):
        if _SIGNATURES[media_type](data):
            return media_type
    if data.startswith(b"PK"):
        return _office(data, limits)
    if _is_plain_text(data):
        return EXTENSIONS[".csv"] if name.lower().endswith(".csv") else EXTENSIONS[".txt"]
    found = ", ".join(sorted(guesses)) or "unknown content"
    raise _refused(
        UploadTypeRefused,
        f"Expected one of {', '.join(EXTENSIONS)}, but the file holds {found[:200] if data else 'nothing'}; "
        "convert it to an allowed type.",
    )


def _guesses(data: bytes) -> frozenset[str]:
    try:
        found = puremagic.magic_string(data[:_HEAD_BYTES])
    except (puremagic.PureError, ValueError):  # nothing known, or nothing at all
        return frozenset()
    return frozenset(guess.mime_type for guess in found if guess.mime_type)


def _office(data: bytes, limits: UploadLimits) -> str:
    try:
        media_type = office_type(data, limits.archive)
    except ArchiveRefused as refusal:
        sentence = f"Expected a sound office file, but {refusal}; save it anew and upload it again."
        raise _refused(UploadDangerous, sentence) from refusal
    if media_type is None:
        sentence = "Expected a docx, xlsx, odt or ods, but got another archive; upload the files singly."
        raise _refused(UploadTypeRefused, sentence)
    return media_type


def _refused(refusal: type[AlurError], sentence: str) -> AlurError:
    return refusal(sentence, [{"field": "file", "message": sentence}])


def _is_plain_text(data: bytes) -> bool:
    """UTF-8 without control characters that is not markup or a script a browser or shell might run."""
    if not data.strip():
        return False
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if any(mark in head for mark in _ACTIVE_TEXT[:-1]) or head.startswith(_ACTIVE_TEXT[-1]):
        return False
    if not _TEXT_CONTROLS.isdisjoint(data):
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _endings(media_type: str) -> tuple[str, ...]:
    return tuple(extension for extension, known in EXTENSIONS.items() if known == media_type)
