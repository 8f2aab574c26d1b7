"""Bodies that are not JSON: a diagram as bytes, alone or with forms and decisions (multipart); other files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from engine.errors import InvalidInput

XML_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "application/xml": {"schema": {"type": "string", "format": "binary", "description": "BPMN 2.0 XML"}},
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["bpmn"],
                "properties": {
                    "bpmn": {"type": "string", "format": "binary"},
                    "forms": {"type": "array", "items": {"type": "string", "format": "binary"}},
                    "decisions": {"type": "array", "items": {"type": "string", "format": "binary"}},
                },
            }
        },
    },
}
FILE_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "properties": {"file": {"type": "string", "format": "binary"}},
            }
        }
    },
}


@dataclass(frozen=True, slots=True)
class DiagramUpload:
    """A diagram, the forms that came with it by form key (None = the body was the bare diagram), and its decisions."""

    xml: bytes
    forms: Mapping[str, bytes] | None
    decisions: Sequence[bytes] = ()


def diagram_upload() -> DiagramUpload:
    """The diagram in this request.

    Raises:
        UnsupportedMediaType: JSON. InvalidInput: a multipart upload without exactly one diagram.
    """
    if request.is_json:
        raise UnsupportedMediaType
    if request.mimetype != "multipart/form-data":
        return DiagramUpload(request.get_data(cache=False, parse_form_data=False), None)
    diagrams: list[bytes] = []
    decisions: list[bytes] = []
    forms: dict[str, bytes] = {}
    for field, file in request.files.items(multi=True):
        name = (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1]
        if name.endswith(".json") or field in ("forms", "form"):
            forms[name.removesuffix(".json") or field] = file.read()
        elif name.endswith(".dmn") or field in ("decisions", "decision"):
            decisions.append(file.read())
        else:
            diagrams.append(file.read())
    if len(diagrams) != 1:
        message = f"Expected one diagram in the field 'bpmn', but got {len(diagrams)}."
        raise InvalidInput(message, [{"field": "bpmn", "message": message}])
    return DiagramUpload(diagrams[0], forms, decisions)


def one_file() -> FileStorage:
    """The single file of a multipart upload.

    Raises:
        UnsupportedMediaType: no multipart upload. InvalidInput: not exactly one file.
    """
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    files = list(request.files.values())
    if len(files) != 1:
        message = f"Expected one file in the field 'file', but got {len(files)}."
        raise InvalidInput(message, [{"field": "file", "message": message}])
    return files[0]
