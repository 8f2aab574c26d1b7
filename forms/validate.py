"""Checks submitted data against a form: the only door for form data into Alur. Also keeps drafts.

Data in and out is plain JSON: dates stay ISO text, numbers int or float, files lists of attachment ids. Every visible
input stands in the result, blank ones as null, [] or false; hidden, locked and computed ones never do.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from forms.draft import draft as draft
from forms.errors import FieldError, FormInvalid
from forms.expressions import ExpressionFailed
from forms.levels import MOST_ROWS, Level
from forms.model import FormDefinition
from forms.scope import AttachmentLookup, Place, Scope
from forms.visibility import Path, visible_data

_MOST_ERRORS = 100
_MOST_KEYS = 1_000
_SHOWN_KEY = 100


def validate(
    form: FormDefinition,
    data: object,
    *,
    attachments: AttachmentLookup | None,
    now: datetime,
    variables: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The checked, normalised data.

    Args:
        form: the definition.
        data: what came in, decoded from JSON; anything but an object is refused.
        attachments: answers for upload ids that the acting person may use; None refuses every upload.
        now: aware; "today" is read in its zone, so give it in the zone of the agency.
        variables: what the form was opened with, for conditions and computed options.

    Raises:
        FormInvalid: something does not fit; lists every field (at most 100).
    """
    if not isinstance(data, Mapping):
        raise FormInvalid(form.id, [FieldError("", "Data formulir harus berupa objek JSON.")])
    try:
        visible, hidden = visible_data(form.root, data, variables or {}, now)
        check = _Check(hidden, {**(variables or {}), **visible}, now, attachments)
        result = check.level(form.root, visible, (), Place(visible))
    except ExpressionFailed as failure:
        raise FormInvalid(form.id, [FieldError("", f"Isian tidak dapat dihitung: {failure.message_id}")]) from failure
    if not check.errors:
        check.gate(form, result)
    if check.errors:
        raise FormInvalid(form.id, check.errors)
    return result


class _Check:
    """One walk over one submission, collecting errors."""

    def __init__(
        self,
        hidden: frozenset[Path],
        base: Mapping[str, Any],
        now: datetime,
        attachments: AttachmentLookup | None,
    ) -> None:
        self.hidden = hidden
        self.base = base
        self.now = now
        self.attachments = attachments
        self.errors: list[FieldError] = []

    def level(self, level: Level, values: Mapping[str, Any], path: Path, here: Place) -> dict[str, Any]:
        """One object of the data with everything below."""
        if len(values) > _MOST_KEYS:
            self._note(path, "Terlalu banyak isian.")
            return {}
        own = {name: value for name, value in values.items() if name not in level.nested} if level.nested else values
        result = self._leaves(level, own, path)
        if level.late:
            self._late(level, result, path, here)
        for name, below in level.nested.items():
            self._nested(below, name, values, result, (*path, name), here)
        return result

    def _leaves(self, level: Level, values: Mapping[str, Any], path: Path) -> dict[str, Any]:
        absent = None
        if self.hidden:
            absent = [leaf.slot for leaf in level.leaves.values() if (*path, leaf.name) in self.hidden]
        try:
            loaded: dict[str, Any] = level.schema.load(values, partial=absent)
        except ValidationError as error:
            messages = error.messages if isinstance(error.messages, dict) else {}
            for name, found in messages.items():
                self._note((*path, name), found[0])
            return error.valid_data if isinstance(error.valid_data, dict) else {}
        return loaded

    def _late(self, level: Level, result: Mapping[str, Any], path: Path, here: Place) -> None:
        surroundings = Scope(here.context(self.base), self.now, self.attachments)
        for leaf in level.late:
            if leaf.name in result and leaf.input is not None:
                message = leaf.input.late(result[leaf.name], surroundings)
                if message is not None:
                    self._note((*path, leaf.name), message)

    def _nested(
        self, below: Level, name: str, values: Mapping[str, Any], result: dict[str, Any], path: Path, here: Place
    ) -> None:
        value = values.get(name)
        if below.rows:
            if path not in self.hidden:
                result[name] = self._rows(below, value, path, here)
            return
        if value is not None and not isinstance(value, Mapping):
            self._note(path, "Harus berupa kelompok isian.")
            return
        inner = self.level(below, value or {}, path, here)
        if inner or not self.hidden:
            result[name] = inner

    def _rows(self, below: Level, value: Any, path: Path, here: Place) -> list[dict[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list):
            self._note(path, "Harus berupa daftar.")
            return []
        if len(value) > MOST_ROWS:
            self._note(path, f"Paling banyak {MOST_ROWS} baris.")
            return []
        rows = []
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                rows.append(self.level(below, item, (*path, index), here.row(item, index)))
            else:
                self._note((*path, index), "Harus berupa kelompok isian.")
        return rows

    def gate(self, form: FormDefinition, result: Mapping[str, Any]) -> None:
        """The *kelengkapan* checklist: everything ticked, unless the decision lets an incomplete file go."""
        gate = form.kelengkapan
        if gate is None or "kelengkapan" not in result:
            return
        if gate.decision is not None and str(_at(result, gate.decision)) in gate.waived_by:
            return
        message = gate.checklist.unticked(result["kelengkapan"])
        if message is not None:
            self._note(("kelengkapan",), message)

    def _note(self, path: Path, message: str) -> None:
        if len(self.errors) < _MOST_ERRORS:
            self.errors.append(FieldError(".".join(_printable(step) for step in path), message))


def _at(data: Mapping[str, Any], path: str) -> Any:
    value: Any = data
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _printable(step: str | int) -> str:
    """A key of the client as it may stand in an answer: no control characters, no lone surrogates, not endless."""
    text = str(step)[:_SHOWN_KEY]
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)
