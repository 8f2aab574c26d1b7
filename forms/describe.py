"""What data a form yields: names and types, for the check of conditions and for OpenAPI. Reads definitions only."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms.levels import Level
from forms.model import FormDefinition


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One name that the data of a form may hold.

    Attributes:
        name: dotted from the root of the data; a list of rows is marked `[]` (`pengurus[].nama`).
        label: what people call it.
        type: FEEL type of the value: string, number, boolean, list<string>, …, context (a group), list<context> (rows).
        format: `date`, `time`, `date-time` for texts that hold a moment (`date(tanggal)` in FEEL), else None.
        required: must be filled in when it is visible.
        conditional: may be hidden or locked, then the value is null.
        options: the fixed values that can be chosen, empty when free or computed.
    """

    name: str
    label: str
    type: str
    format: str | None
    required: bool
    conditional: bool
    options: tuple[Any, ...] = ()


def fields(form: FormDefinition) -> list[FieldInfo]:
    """Every name of the form's data in the order of the form, groups and rows before what lies in them."""
    return list(_fields(form.root, ""))


def _fields(level: Level, prefix: str) -> Iterator[FieldInfo]:
    for leaf in level.leaves.values():
        if leaf.input is None:
            continue
        options = tuple(getattr(getattr(leaf.input, "options", None), "fixed", None) or ())
        conditional = bool(leaf.hidden_by or leaf.locked_by)
        yield FieldInfo(
            prefix + leaf.name,
            leaf.label,
            leaf.input.feel_type,
            leaf.input.json_format,
            leaf.input.mandatory,
            conditional,
            options,
        )
    for name, below in level.nested.items():
        kind = "list<context>" if below.rows else "context"
        yield FieldInfo(prefix + name, below.label, kind, None, False, bool(below.hidden_by))
        yield from _fields(below, f"{prefix}{name}{'[]' if below.rows else ''}.")


def json_schema(form: FormDefinition) -> dict[str, Any]:
    """The data of the form as JSON Schema 2020-12; conditions are left out, so it is wider than `forms.validate`."""
    return _object(form.root)


def _object(level: Level) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    for leaf in level.leaves.values():
        if leaf.input is None:
            continue
        schema = leaf.input.json_schema()
        blank = not leaf.input.mandatory or bool(leaf.hidden_by or leaf.locked_by)
        properties[leaf.name] = {"anyOf": [schema, {"type": "null"}]} if blank and schema else schema
        if leaf.label:
            properties[leaf.name] = {**properties[leaf.name], "title": leaf.label}
        if leaf.input.required and not blank:
            required.append(leaf.name)
    for name, below in level.nested.items():
        inner = _object(below)
        properties[name] = {"type": "array", "items": inner} if below.rows else inner
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
