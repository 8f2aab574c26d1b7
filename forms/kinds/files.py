"""filepicker: a list of ids of uploads made beforehand."""

from random import Random
from typing import Any, Self
from uuid import UUID

from marshmallow import ValidationError

from engine.attachments import EXTENSIONS
from forms.kinds.base import Input, SampleImpossible, read_required
from forms.reader import Reader
from forms.scope import Scope

MEGABYTE = 1024 * 1024
_ID_LENGTHS = (32, 36)  # without and with dashes
_MOST_FILES = 20
_MOST_MEGABYTES = 100
_DEFAULT_MEGABYTES = 10


class FilesInput(Input):
    """Attachment ids; owner, type and size come from the lookup that the caller gives."""

    feel_type = "list<string>"
    has_late_checks = True

    def __init__(self, required: bool, *, many: bool, types: frozenset[str], megabytes: int) -> None:
        super().__init__(required)
        self.most = _MOST_FILES if many else 1
        self.types = types
        self.megabytes = megabytes

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a filepicker component."""
        return cls(
            read_required(reader, cls.validate_keys),
            many=reader.flag("multiple"),
            types=_accepted(reader),
            megabytes=_megabytes(reader),
        )

    def empty(self) -> list[str]:
        """No file."""
        return []

    def check(self, value: Any) -> list[str]:
        """Ids in their normal form, each once."""
        if not isinstance(value, list):
            raise ValidationError("Harus berupa daftar berkas yang sudah diunggah.")
        if len(value) > self.most:
            raise ValidationError(f"Paling banyak {self.most} berkas.")
        ids = [_attachment_id(item) for item in value]
        if len(set(ids)) != len(ids):
            raise ValidationError("Berkas yang sama dipilih dua kali.")
        return ids

    def late(self, value: Any, scope: Scope) -> str | None:
        """Owner, type and size of every file."""
        for attachment_id in value:
            info = scope.attachments(attachment_id) if scope.attachments else None
            if info is None:
                return "Berkas tidak ditemukan; unggah kembali."
            if info.media_type not in self.types:
                return f"Jenis berkas tidak diterima; pilih {', '.join(_extensions(self.types))}."
            if info.size > self.megabytes * MEGABYTE:
                return f"Berkas terlalu besar; paling besar {self.megabytes} MB."
        return None

    def sample(self, random: Random, scope: Scope) -> list[str]:
        """An id that the given lookup knows and that fits this field."""
        for number in range(len(EXTENSIONS)):
            candidate = [UUID(int=number + 1).hex]
            if self.late(candidate, scope) is None:
                return candidate
        if self.mandatory:
            raise SampleImpossible("no sample upload fits; validate with forms.sample.attachment_lookup")
        return []

    def json_schema(self) -> dict[str, Any]:
        """A list of ids."""
        return {"type": "array", "maxItems": self.most, "items": {"type": "string", "format": "uuid"}}


def _attachment_id(value: Any) -> str:
    wrong = ValidationError("Nomor berkas tidak benar; unggah berkasnya dahulu.")
    if not isinstance(value, str) or len(value) not in _ID_LENGTHS:
        raise wrong
    try:
        return UUID(value).hex
    except ValueError as error:
        raise wrong from error


def _accepted(reader: Reader) -> frozenset[str]:
    """The media types that `accept` names; all allowed ones when it is absent."""
    allowed = frozenset(EXTENSIONS.values())
    wanted = [part.strip().lower() for part in reader.text("accept").split(",") if part.strip()]
    types: set[str] = set()
    for part in wanted:
        matching = {
            media_type
            for extension, media_type in EXTENSIONS.items()
            if part in (extension, media_type) or (part.endswith("/*") and media_type.startswith(part[:-1]))
        }
        if not matching:
            reader.complain(
                "files",
                f"Expected file types from {', '.join(EXTENSIONS)} in 'accept', but got '{part[:40]}'.",
                "Name only types that can be uploaded.",
                f"Jenis berkas '{part[:40]}' tidak diterima; pilih dari {', '.join(EXTENSIONS)}.",
            )
        types |= matching
    return frozenset(types) if wanted else allowed


def _megabytes(reader: Reader) -> int:
    text = reader.part("properties").text("maksMB")
    if not text:
        return _DEFAULT_MEGABYTES
    if text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= _MOST_MEGABYTES:
        return int(text)
    message = f"Expected 1 to {_MOST_MEGABYTES} in 'maksMB', but got '{text[:20]}'."
    reader.complain("files", message, "Correct it.", f"'maksMB' harus 1 sampai {_MOST_MEGABYTES}.")
    return _DEFAULT_MEGABYTES


def _extensions(types: frozenset[str]) -> list[str]:
    return [extension for extension, media_type in EXTENSIONS.items() if media_type in types]
