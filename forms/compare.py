"""What differs between two form definitions, field by field. Reads JSON only; whether a form is right is not asked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_PLACE = ("layout", "components")  # where a field stands, and what stands in it: told for itself


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that came, went or changed: `kind` added, removed or changed; `label` is what people call it."""

    kind: str
    key: str
    label: str


def compare_forms(old: bytes, new: bytes) -> list[FieldDifference]:
    """The fields that differ from `old` to `new` (form-js JSON), in their order; empty when the forms say the same."""
    before, after = _fields(_read(old)), _fields(_read(new))
    gone = [FieldDifference("removed", key, _label(key, one)) for key, one in before.items() if key not in after]
    come = [FieldDifference("added", key, _label(key, one)) for key, one in after.items() if key not in before]
    same = [key for key in after if key in before]
    changed = [key for key in same if before[key] != after[key]]
    if not (gone or come or changed) and [*before] != [*after]:
        return [FieldDifference("changed", "", "")]  # only the order
    return [*gone, *come, *(FieldDifference("changed", key, _label(key, after[key])) for key in changed)]


def _read(body: bytes) -> dict[str, Any]:
    try:
        form = json.loads(body)
    except ValueError:
        return {"components": [{"key": "?", "text": body.decode(errors="replace")}]}
    return form if isinstance(form, dict) else {}


def _fields(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {name: {key: value for key, value in one.items() if key not in _PLACE} for name, one in _every(form, "")}


def _every(level: dict[str, Any], prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    components = level.get("components")
    for place, one in enumerate(components if isinstance(components, list) else []):
        if isinstance(one, dict):
            name = f"{prefix}{one.get('key') or one.get('path') or one.get('id') or place}"
            yield name, one
            yield from _every(one, f"{name}.")


def _label(key: str, component: dict[str, Any]) -> str:
    words = component.get("label") or component.get("dateLabel") or component.get("text") or key.rpartition(".")[2]
    return str(words)[:200]
