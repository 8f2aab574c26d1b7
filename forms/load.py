"""Reads a form-js definition (schema version 19, form-js 1.23): JSON in, checked and compiled `FormDefinition` out.

Owns the walk over the components and the refusal that lists every problem. The single inputs read themselves
(`forms.kinds`); data is checked by `forms.validate`.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from forms.errors import FormRefused, Problems
from forms.gate import find_decision, find_kelengkapan
from forms.kinds.base import Input
from forms.kinds.checkbox import CheckboxInput
from forms.kinds.choice import ChoiceInput, ChoicesInput
from forms.kinds.files import FilesInput
from forms.kinds.number import NumberInput
from forms.kinds.temporal import TemporalInput
from forms.kinds.text import TextInput
from forms.levels import Conditions, Level, PathTaken, add_leaf, add_rows, object_at
from forms.model import FormDefinition
from forms.reader import Reader

SCHEMA_VERSION = 19
MAX_BYTES = 512 * 1024
MAX_COMPONENTS = 500
MAX_DEPTH = 10

_READERS: Mapping[str, Callable[[Reader], Input]] = {
    "textfield": TextInput.read,
    "textarea": TextInput.read,
    "number": NumberInput.read,
    "datetime": TemporalInput.read,
    "checkbox": CheckboxInput.read,
    "radio": ChoiceInput.read,
    "select": ChoiceInput.read,
    "checklist": ChoicesInput.read,
    "taglist": ChoicesInput.read,
    "filepicker": FilesInput.read,
}
_COMPUTED = "expression"
_CONTAINERS = frozenset({"group", "dynamiclist"})
_DISPLAY = frozenset({"text", "html", "image", "table", "button", "separator", "spacer", "iframe", "documentPreview"})
_KEY = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*", re.ASCII)


def parse_form(data: bytes | Mapping[str, Any]) -> FormDefinition:
    """Checks and compiles a form definition.

    Args:
        data: the JSON document as bytes (UTF-8, at most 512 KiB) or already decoded.

    Raises:
        FormRefused: something cannot be executed right; `errors` lists every problem with its place and cure.
    """
    document = _decode(data) if isinstance(data, bytes) else data
    problems = Problems()
    walk = _Walk(problems)
    form_id = _check_root(document, problems)
    root = Level()
    walk.components(Reader(document, "form", form_id, problems), root, Conditions(), depth=1)
    decision = find_decision(walk.readers)
    gate = find_kelengkapan(walk.readers, decision)
    problems.refuse_if_any(form_id)
    root.seal()
    return FormDefinition(form_id, json.dumps(document), root, decision, gate)


def _decode(data: bytes) -> Mapping[str, Any]:
    if len(data) > MAX_BYTES:
        raise FormRefused(f"Expected a form of at most {MAX_BYTES} bytes, but got {len(data)}; split the form.")
    try:
        document = json.loads(data, object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise FormRefused(f"Expected a form-js definition in JSON, but it cannot be read: {error}.") from error
    if not isinstance(document, dict):
        raise FormRefused(f"Expected a form-js definition (a JSON object), but got {type(document).__name__}.")
    return document


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _check_root(document: Mapping[str, Any], problems: Problems) -> str:
    reader = Reader(document, "form", "", problems)
    form_id = reader.text("id")
    if not form_id or len(form_id) > 200 or not form_id.isprintable():
        reader.complain("id", "Expected an 'id' of the form of up to 200 characters.", "Give the form an id.",
                        "Formulir perlu 'id' paling panjang 200 karakter.")  # fmt: skip
    kind = reader.text("type", "default")
    if kind != "default":
        reader.complain("type", f"Expected type 'default' at the root, but got '{kind[:40]}'.", "Export the form anew.",
                        "Jenis formulir harus 'default'; ekspor ulang formulirnya.")  # fmt: skip
    version = reader.count("schemaVersion", 1000)
    if version is not None and version > SCHEMA_VERSION:
        reader.complain(
            "version",
            f"Expected schemaVersion up to {SCHEMA_VERSION} (form-js 1.23), but got {version}.",
            "Save the form with form-js 1.23.",
            f"Versi skema formulir paling tinggi {SCHEMA_VERSION} (form-js 1.23).",
        )
    return form_id or "form"


class _Walk:
    """Goes through the components once, filling the levels."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.readers: list[tuple[str, Reader, Input | None]] = []
        self.ids: set[str] = set()
        self.seen = 0

    def components(self, parent: Reader, level: Level, conditions: Conditions, depth: int, path: str = "") -> None:
        """All components of `parent`, whose data lies on `level`; `path` is only for messages."""
        if depth > MAX_DEPTH:
            parent.complain("depth", f"Expected at most {MAX_DEPTH} nested groups, but got more.", "Nest less deeply.",
                            f"Kelompok paling dalam bertingkat {MAX_DEPTH}; kurangi tingkatnya.")  # fmt: skip
            return
        for position, raw in enumerate(parent.items("components")):
            self.seen += 1
            if self.seen > MAX_COMPONENTS:
                parent.complain("size", f"Expected at most {MAX_COMPONENTS} components.", "Split the form.",
                                f"Paling banyak {MAX_COMPONENTS} komponen; pecah formulirnya.")  # fmt: skip
                return
            reader = self._reader(parent, position, raw)
            if reader is not None:
                self._component(reader, level, conditions, depth, path)

    def _reader(self, parent: Reader, position: int, raw: Any) -> Reader | None:
        prefix = "" if parent.where == "form" else f"{parent.where}."
        place = f"{prefix}components[{position}]"
        if not isinstance(raw, Mapping):
            parent.complain("shape", f"Expected an object at {place}, but got {raw!r:.40}.", "Remove it.",
                            f"{place} bukan komponen; hapus.")  # fmt: skip
            return None
        name = next((raw[k] for k in ("key", "path", "id") if isinstance(raw.get(k), str) and raw[k]), "")
        label = raw.get("label")
        where = f"{place} ({name[:60]})" if name else place
        return Reader(raw, where, label[:200] if isinstance(label, str) else "", self.problems)

    def _component(self, reader: Reader, level: Level, around: Conditions, depth: int, path: str) -> None:
        kind = reader.text("type")
        self._check_id(reader)
        conditions = Conditions(
            around.hidden_by + _conditions(reader.part("conditional"), "hide"),
            around.locked_by + _locks(reader),
        )
        if kind in _READERS or kind == _COMPUTED:
            self._input(kind, reader, level, conditions, path)
        elif kind in _CONTAINERS:
            self._container(reader, level, conditions, depth, path)
        elif kind not in _DISPLAY:
            known = ", ".join(sorted({*_READERS, _COMPUTED, *_CONTAINERS, *_DISPLAY}))
            reader.complain("type", f"Expected a component of form-js, but got '{kind[:40]}'.", f"Use one of {known}.",
                            f"Komponen '{kind[:40]}' tidak dikenal; pakai komponen dari palet.")  # fmt: skip

    def _check_id(self, reader: Reader) -> None:
        component_id = reader.text("id")
        if component_id and component_id in self.ids:
            reader.complain("id", f"Expected unique ids, but '{component_id[:60]}' stands twice.", "Rename one.",
                            f"ID '{component_id[:60]}' dipakai dua kali; ganti salah satunya.")  # fmt: skip
        self.ids.add(component_id)

    def _input(self, kind: str, reader: Reader, level: Level, conditions: Conditions, path: str) -> None:
        steps = _steps(reader, "key")
        made = None if kind == _COMPUTED else _READERS[kind](reader)
        if kind == _COMPUTED:
            reader.expression("expression")
        if not steps:
            return
        taken = made if not _never_taken(reader) else None
        self.readers.append((_joined(path, steps), reader, taken))
        try:
            add_leaf(level, steps, reader.label, taken, conditions)
        except PathTaken as error:
            _complain_taken(reader, ".".join(steps), error)

    def _container(self, reader: Reader, level: Level, conditions: Conditions, depth: int, path: str) -> None:
        rows = reader.raw.get("type") == "dynamiclist" and reader.flag("isRepeating")
        steps = _steps(reader, "path", optional=not rows)
        below = _joined(path, steps)
        if rows and not steps:
            return
        try:
            inner = add_rows(level, steps, reader.label, conditions) if rows else object_at(level, steps)
        except PathTaken as error:
            _complain_taken(reader, ".".join(steps), error)
            return
        inherited = Conditions((), conditions.locked_by) if rows else conditions
        self.components(reader, inner, inherited, depth + 1, f"{below}[]" if rows else below)


def _steps(reader: Reader, name: str, optional: bool = False) -> list[str]:
    text = reader.text(name)
    if not text and optional:
        return []
    if not text and reader.raw.get(name):
        return []  # no text at all, which was noted already
    if len(text) <= 200 and _KEY.fullmatch(text):
        return text.split(".")
    reader.complain(
        "key",
        f"Expected a name in '{name}' (letters, digits, '_', no digit first, joined by '.'), but got '{text[:60]}'.",
        f"Correct '{name}'.",
        f"'{name}' harus nama dari huruf, angka, dan '_' (tidak diawali angka), bukan '{text[:60]}'.",
    )
    return []


def _joined(path: str, steps: list[str]) -> str:
    return ".".join([part for part in (path, *steps) if part])


def _conditions(reader: Reader, name: str) -> tuple[Any, ...]:
    expression = reader.expression(name)
    return (expression,) if expression is not None else ()


def _locks(reader: Reader) -> tuple[Any, ...]:
    return _conditions(reader, "readonly") if isinstance(reader.raw.get("readonly"), str) else ()


def _never_taken(reader: Reader) -> bool:
    locked = not isinstance(reader.raw.get("readonly"), str) and reader.flag("readonly")
    return locked or reader.flag("disabled")


def _complain_taken(reader: Reader, path: str, taken: PathTaken) -> None:
    reader.complain(
        "key",
        f"Expected a place of its own for '{path}', but '{taken}' is already used by another component.",
        "Give one of them another key or path.",
        f"Kunci '{path}' bertabrakan dengan '{taken}' milik komponen lain; ganti salah satunya.",
    )
