"""Names, types and JSON Schema of a form's data."""

from collections.abc import Callable
from typing import Any

from forms.describe import FieldInfo, fields, json_schema

COMPONENTS = (
    {"type": "textfield", "key": "nama", "label": "Nama", "validate": {"required": True, "maxLength": 50}},
    {"type": "number", "key": "modal", "decimalDigits": 0, "validate": {"min": 1}},
    {"type": "datetime", "key": "tgl", "subtype": "date"},
    {"type": "checkbox", "key": "setuju"},
    {"type": "select", "key": "jenis", "values": [{"label": "A", "value": "a"}], "conditional": {"hide": "=setuju"}},
    {"type": "checklist", "key": "syarat", "values": ["x", "y"]},
    {"type": "filepicker", "key": "berkas"},
    {"type": "expression", "key": "hitung", "expression": "=1"},
    {"type": "group", "path": "g", "components": [{"type": "textfield", "key": "h"}]},
    {"type": "dynamiclist", "path": "r", "label": "Daftar", "isRepeating": True,
     "components": [{"type": "number", "key": "n"}]},
)  # fmt: skip


def test_every_name_with_its_type(make: Callable[..., Any]) -> None:
    assert fields(make(*COMPONENTS)) == [
        FieldInfo("nama", "Nama", "string", None, True, False),
        FieldInfo("modal", "", "number", None, False, False),
        FieldInfo("tgl", "", "string", "date", False, False),
        FieldInfo("setuju", "", "boolean", None, False, False),
        FieldInfo("jenis", "", "string", None, False, True, ("a",)),
        FieldInfo("syarat", "", "list<string>", None, False, False, ("x", "y")),
        FieldInfo("berkas", "", "list<string>", None, False, False),
        FieldInfo("g", "", "context", None, False, False),
        FieldInfo("g.h", "", "string", None, False, False),
        FieldInfo("r", "Daftar", "list<context>", None, False, False),
        FieldInfo("r[].n", "", "number", None, False, False),
    ]


def test_json_schema(make: Callable[..., Any]) -> None:
    schema = json_schema(make(*COMPONENTS))
    assert schema["required"] == ["nama"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["nama"] == {"type": "string", "maxLength": 50, "minLength": 1, "title": "Nama"}
    assert schema["properties"]["modal"] == {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}
    assert schema["properties"]["jenis"] == {"anyOf": [{"enum": ["a"]}, {"type": "null"}]}
    assert schema["properties"]["r"]["items"]["properties"] == {"n": {"anyOf": [{"type": "number"}, {"type": "null"}]}}
    assert "hitung" not in schema["properties"]
