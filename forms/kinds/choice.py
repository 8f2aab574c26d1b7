"""radio, select, checklist and taglist: one or several out of fixed or computed options."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Self

from marshmallow import ValidationError

from forms.expressions import Expression
from forms.kinds.base import UNSTORABLE, UNSTORABLE_CHARACTERS, Input, SampleImpossible, read_default, read_required
from forms.reader import Reader
from forms.scope import Scope

UNKNOWN_OPTION = "Pilihan tidak dikenal."
_MOST_OPTIONS = 2_000
_MOST_CHARACTERS = 500
_SHOWN_MISSING = 5

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Options:
    """Where the options come from: written in the form, a variable (`valuesKey`) or FEEL (`valuesExpression`).

    Attributes:
        fixed: value → label, in order; None when the options are computed.
    """

    fixed: Mapping[Scalar, str] | None
    variable: str = ""
    expression: Expression | None = None

    def values(self, scope: Scope) -> list[Scalar]:
        """The values that may be chosen now."""
        if self.fixed is not None:
            return list(self.fixed)
        found = self.expression.items(scope.context, scope.now) if self.expression else scope.context.get(self.variable)
        offered = found[:_MOST_OPTIONS] if isinstance(found, list) else []
        return [value for value, _ in map(_option, offered) if value is not None]


class ChoiceInput(Input):
    """One option (radio, select)."""

    def __init__(self, required: bool, options: Options) -> None:
        super().__init__(required)
        self.options = options
        self.has_late_checks = options.fixed is None
        self._booleans = {value: isinstance(value, bool) for value in options.fixed or ()}  # True equals 1 in Python
        self.feel_type = _feel_type(options)

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a radio, select, checklist or taglist."""
        field = cls(read_required(reader, cls.validate_keys), _read_options(reader))
        read_default(reader, field)
        return field

    def check(self, value: Any) -> Any:
        """Only a fixed option; computed ones are checked late."""
        return self._one(value)

    def _one(self, value: Any) -> Scalar:
        too_long = isinstance(value, str) and len(value) > _MOST_CHARACTERS
        if too_long or not isinstance(value, str | int | float | bool):
            raise ValidationError(UNKNOWN_OPTION)
        if self.options.fixed is not None and self._booleans.get(value) is not isinstance(value, bool):
            raise ValidationError(UNKNOWN_OPTION)
        if isinstance(value, str) and UNSTORABLE_CHARACTERS.search(value):
            raise ValidationError(UNSTORABLE)
        return value

    def late(self, value: Any, scope: Scope) -> str | None:
        """The value is among the computed options."""
        if self.is_empty(value):
            return None
        chosen = value if isinstance(value, list) else [value]
        allowed = self.options.values(scope)
        return None if all(_among(item, allowed) for item in chosen) else UNKNOWN_OPTION

    def sample(self, random: Random, scope: Scope) -> Any:
        """Any option."""
        values = self.options.values(scope)
        if values:
            return random.choice(values)
        if self.mandatory:
            raise SampleImpossible("its options are computed and there are none; give the variables they come from")
        return None

    def json_schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.options.fixed)} if self.options.fixed is not None else {}


class ChoicesInput(ChoiceInput):
    """Several options (checklist, taglist), each at most once, kept in the order given."""

    def __init__(self, required: bool, options: Options) -> None:
        super().__init__(required, options)
        self.feel_type = f"list<{self.feel_type}>"

    def empty(self) -> list[Scalar]:
        """Nothing chosen."""
        return []

    def check(self, value: Any) -> list[Scalar]:
        """Every entry is an option."""
        if not isinstance(value, list):
            raise ValidationError("Harus berupa daftar pilihan.")
        if len(value) > _MOST_OPTIONS:
            raise ValidationError(f"Paling banyak {_MOST_OPTIONS} pilihan.")
        chosen = [self._one(item) for item in value]
        if len({(type(item), item) for item in chosen}) != len(chosen):
            raise ValidationError("Pilihan yang sama dipilih dua kali.")
        return chosen

    def sample(self, random: Random, scope: Scope) -> list[Scalar]:
        """Some options, at least one when required."""
        values = self.options.values(scope)
        if not values and self.mandatory:
            raise SampleImpossible("its options are computed and there are none; give the variables they come from")
        return [value for value in values if random.random() < 0.5] or values[:1]

    def json_schema(self) -> dict[str, Any]:
        """A list of options."""
        return {"type": "array", "uniqueItems": True, "items": super().json_schema()}

    def leave_to_gate(self) -> None:
        """Blank passes this field: whether it may is decided together with the decision of the form."""
        self.mandatory = self.required = False
        self.load_default = self.empty

    def unticked(self, chosen: list[Scalar]) -> str | None:
        """A sentence naming the options that are not in `chosen`; None when all are."""
        labels = [label for value, label in (self.options.fixed or {}).items() if value not in chosen]
        if not labels:
            return None
        rest = len(labels) - _SHOWN_MISSING
        more = f" dan {rest} lainnya" if rest > 0 else ""
        return f"Belum lengkap: {', '.join(labels[:_SHOWN_MISSING])}{more}."


def _feel_type(options: Options) -> str:
    kinds = {type(value) for value in options.fixed or ()}
    if kinds == {bool}:
        return "boolean"
    return "number" if kinds and kinds <= {int, float} else "string"


def _among(value: Scalar, allowed: list[Scalar]) -> bool:
    """Equal and both or neither a boolean: in Python True equals 1."""
    return any(value == option and isinstance(value, bool) == isinstance(option, bool) for option in allowed)


def _option(raw: Any) -> tuple[Scalar | None, str]:
    """Value and label of one option as form-js writes it: a plain value, or an object with label and value."""
    value = raw.get("value") if isinstance(raw, Mapping) else raw
    if not isinstance(value, str | int | float | bool) or value == "":
        return None, ""
    label = raw.get("label") if isinstance(raw, Mapping) else None
    return value, label if isinstance(label, str) and label else str(value)


def named_options(raws: Any) -> list[dict[str, Any]]:
    """The usable ones of `raws`, options as form-js writes them, each as `{label, value}`."""
    options = [_option(raw) for raw in raws[:_MOST_OPTIONS]] if isinstance(raws, list) else []
    return [{"label": label, "value": value} for value, label in options if value is not None]


def _read_options(reader: Reader) -> Options:
    given = [name for name in ("values", "valuesKey", "valuesExpression") if reader.raw.get(name) is not None]
    if len(given) != 1:
        reader.complain(
            "options",
            f"Expected one of values, valuesKey, valuesExpression, but got {', '.join(given) or 'none'}.",
            "Keep exactly one.",
            "Pilih tepat satu sumber pilihan: pilihan tetap, variabel, atau rumus.",
        )
        return Options({})
    if "valuesExpression" in given:
        return Options(None, expression=reader.expression("valuesExpression"))
    if "valuesKey" in given:
        return Options(None, variable=reader.text("valuesKey"))
    return Options(_fixed(reader))


def _fixed(reader: Reader) -> dict[Scalar, str]:
    fixed: dict[Scalar, str] = {}
    raws = reader.items("values")
    if not 1 <= len(raws) <= _MOST_OPTIONS:
        reader.complain("options", f"Expected 1 to {_MOST_OPTIONS} options, but got {len(raws)}.", "Correct 'values'.",
                        f"Perlu 1 sampai {_MOST_OPTIONS} pilihan, tetapi ada {len(raws)}.")  # fmt: skip
    for position, raw in enumerate(raws[:_MOST_OPTIONS]):
        value, label = _option(raw)
        if value is None or len(str(value)) > _MOST_CHARACTERS:
            reader.complain("options", f"Expected a value in option {position}, but got {raw!r:.60}.", "Add one.",
                            f"Pilihan ke-{position + 1} belum punya nilai yang sah.")  # fmt: skip
        elif value in fixed:
            reader.complain("options", f"Expected different options, but '{value}' stands twice.", "Remove one.",
                            f"Nilai pilihan '{value}' ada dua kali; hapus salah satunya.")  # fmt: skip
        else:
            fixed[value] = label
    return fixed
