"""checkbox: yes or no; a required one must be ticked."""

from random import Random
from typing import Any, Self

from marshmallow import ValidationError

from forms.kinds.base import Input, read_default, read_required
from forms.reader import Reader
from forms.scope import Scope


class CheckboxInput(Input):
    """A tick; blank means false."""

    feel_type = "boolean"

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a checkbox component."""
        field = cls(read_required(reader, cls.validate_keys))
        read_default(reader, field)
        return field

    def empty(self) -> bool:
        """Not ticked."""
        return False

    def is_empty(self, value: Any) -> bool:
        """Not ticked counts as blank."""
        return value is None or value is False or value == ""

    def check(self, value: Any) -> bool:
        """Only a real boolean."""
        if value is not True:
            raise ValidationError("Harus ya atau tidak.")
        return True

    def sample(self, random: Random, scope: Scope) -> bool:
        """Ticked when it must be."""
        return self.mandatory or random.random() < 0.5

    def json_schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}
