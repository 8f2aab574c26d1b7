"""What all inputs share: required, empty and default values, and the order of the checks.

Owns the frame of a marshmallow field that reads itself from form-js JSON. The single kinds own their rules.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, missing

from forms.reader import Reader
from forms.scope import Scope

REQUIRED = "Wajib diisi."
UNSTORABLE = "Berisi karakter yang tidak dapat disimpan."
UNSTORABLE_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # lone surrogates included
VALIDATE_KEYS = frozenset({"required"})


class SampleImpossible(ValueError):
    """No valid sample can be made for a field; the message names it and the cure."""


class Input(fields.Field[Any], ABC):
    """A form-js input as a marshmallow field; values in and out are plain JSON.

    Attributes:
        feel_type: the FEEL type of the value.
        validate_keys: what `validate` may hold besides `required`.
        has_late_checks: whether `late` must be asked at all.
    """

    feel_type: str = "string"
    json_format: str | None = None
    validate_keys: ClassVar[frozenset[str]] = frozenset()
    has_late_checks: bool = False

    def __init__(self, required: bool) -> None:
        super().__init__(
            required=required,
            load_default=missing if required else self.empty,
            allow_none=False,
            error_messages={"required": REQUIRED},
        )
        self.mandatory = required

    def use_default(self, value: Any) -> None:
        """Lets `value`, already checked, stand in for a missing one."""
        self.required = False
        self.load_default = lambda: _fresh(value)

    def empty(self) -> Any:
        """The value of an input left blank."""
        return None

    def is_empty(self, value: Any) -> bool:
        """Whether form-js would call this blank."""
        return value is None or value == "" or value == []

    @abstractmethod
    def check(self, value: Any) -> Any:
        """The normalised value of what is not blank.

        Raises:
            ValidationError: with a message in Bahasa Indonesia.
        """

    def late(self, value: Any, scope: Scope) -> str | None:
        """What only the surroundings can tell: today, uploads, computed limits. A message, or None."""
        return None

    @abstractmethod
    def sample(self, random: Random, scope: Scope) -> Any:
        """A valid value.

        Raises:
            SampleImpossible: none can be made up.
        """

    @abstractmethod
    def json_schema(self) -> dict[str, Any]:
        """The value as JSON Schema, for OpenAPI."""

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        """Blank values first, then the kind's own check."""
        if value is missing:
            return super().deserialize(value, attr, data, **kwargs)
        if self.is_empty(value):
            if self.mandatory:
                raise ValidationError(REQUIRED)
            return self.empty()
        return self.check(value)


def _fresh(value: Any) -> Any:
    return list(value) if isinstance(value, list) else value


def read_required(reader: Reader, allowed: frozenset[str]) -> bool:
    """`validate.required`, after refusing rules that form-js would not apply to this kind of input."""
    validate = reader.part("validate")
    for name in sorted(set(validate.raw) - allowed - VALIDATE_KEYS):
        validate.complain(
            "validate",
            f"Expected only {', '.join(sorted(allowed | VALIDATE_KEYS))} in 'validate', but got '{str(name)[:60]}'.",
            "Remove it or correct its spelling; it would never be applied.",
            f"Aturan '{str(name)[:60]}' tidak dikenal untuk komponen ini; hapus atau betulkan namanya.",
        )
    return validate.flag("required")


def read_default(reader: Reader, field: Input) -> None:
    """Gives `field` the component's `defaultValue` if that value is itself valid."""
    value = reader.raw.get("defaultValue", missing)
    if value is missing or value is None or field.is_empty(value):
        return
    try:
        checked = field.check(value)
    except ValidationError as error:
        reader.complain(
            "default",
            f"Expected a default value that fits the field, but {value!r:.60} does not: {error.messages}.",
            "Correct 'defaultValue' or remove it.",
            f"Nilai bawaan {value!r:.60} tidak sesuai isian ini; betulkan atau hapus.",
        )
        return
    field.use_default(checked)
