"""textfield and textarea: length, pattern, e-mail and telephone."""

import re
from random import Random
from typing import Any, ClassVar, Self

from marshmallow import ValidationError, validate

from forms.expressions import Expression
from forms.kinds.base import UNSTORABLE, UNSTORABLE_CHARACTERS, Input, SampleImpossible, read_default, read_required
from forms.kinds.text_sample import matching_text, words
from forms.patterns import Pattern, PatternRefused, compile_pattern
from forms.reader import Limit, Reader
from forms.scope import Scope

HARD_LIMIT = 20_000
_DEFAULT_LIMIT = {"textfield": 1_000, "textarea": 10_000}
_ONE_LINE = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_TELEPHONE = re.compile(r"(?:\+|00)[1-9][0-9 \-]{5,20}|0[1-9][0-9 \-]{5,14}")
_EMAIL = validate.Email(error="Alamat surel tidak benar.")
_MAX_EMAIL = 254
_TYPES = frozenset({"", "email", "phone", "custom"})


class TextInput(Input):
    """A text of one line (textfield) or several (textarea); blanks around it are cut off."""

    feel_type = "string"
    validate_keys: ClassVar[frozenset[str]] = frozenset(
        {"minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"}
    )

    def __init__(self, required: bool, *, lines: bool = False) -> None:
        super().__init__(required)
        self.forbidden = UNSTORABLE_CHARACTERS if lines else _ONE_LINE
        self.most = _DEFAULT_LIMIT["textarea" if lines else "textfield"]
        self.least = 0
        self.computed: dict[str, Expression] = {}
        self.kind = ""
        self.pattern: Pattern | None = None
        self.pattern_message = "Bentuk isian tidak sesuai."
        self.example = ""

    @classmethod
    def read(cls, reader: Reader) -> Self:
        """Builds the field from a textfield or textarea."""
        rules = reader.part("validate")
        field = cls(read_required(reader, cls.validate_keys), lines=reader.raw.get("type") == "textarea")
        field.least = field._read_length(rules, "minLength", 0)
        field.most = field._read_length(rules, "maxLength", field.most)
        if field.least > field.most:
            rules.complain(
                "limits", f"Expected minLength <= maxLength, but got {field.least} > {field.most}.", "Correct them.",
                f"Panjang terkecil {field.least} melebihi panjang terbesar {field.most}.",
            )
        field._read_type(rules)
        field._read_pattern(rules)
        field.example = reader.part("properties").text("contoh")
        field.has_late_checks = bool(field.computed)
        read_default(reader, field)
        return field

    def _read_length(self, rules: Reader, name: str, default: int) -> int:
        value: Limit = rules.limit(name)
        if isinstance(value, Expression):
            self.computed[name] = value
            return default
        if value is None:
            return default
        if value != value.to_integral_value() or not 0 <= value <= HARD_LIMIT:
            message = f"Expected '{name}' from 0 to {HARD_LIMIT}, but got {value}."
            rules.complain("limits", message, "Correct it.", f"'{name}' harus 0 sampai {HARD_LIMIT}.")
            return default
        return int(value)

    def _read_type(self, rules: Reader) -> None:
        self.kind = rules.text("validationType")
        if self.kind not in _TYPES:
            rules.complain(
                "validate", f"Expected validationType email, phone or custom, but got '{self.kind[:40]}'.", "Use one.",
                "Jenis pemeriksaan harus email, phone, atau custom.",
            )

    def _read_pattern(self, rules: Reader) -> None:
        text = rules.text("pattern")
        if not text:
            return
        try:
            self.pattern = compile_pattern(text)
        except PatternRefused as refusal:
            rules.complain(
                "pattern",
                f"Expected a pattern that RE2 can run, but '{text[:80]}' is refused: {refusal}.",
                "Write it without lookaround, back references or repeats above 1000.",
                f"Pola '{text[:80]}' tidak dapat dijalankan RE2; tulis tanpa lookaround dan acuan balik.",
            )
        self.pattern_message = rules.text("patternErrorMessage") or self.pattern_message

    def is_empty(self, value: Any) -> bool:
        """Blanks only count as empty."""
        return value is None or (isinstance(value, str) and (not value or value.isspace()))

    def check(self, value: Any) -> str:
        """Type, characters, length, then form."""
        if not isinstance(value, str):
            raise ValidationError("Harus berupa teks.")
        text = value.strip()
        if len(text) > self.most:
            raise ValidationError(f"Paling banyak {self.most} huruf.")
        if len(text) < self.least:
            raise ValidationError(f"Paling sedikit {self.least} huruf.")
        if self.forbidden.search(text):
            raise ValidationError(UNSTORABLE)
        self._check_form(text)
        return text

    def _check_form(self, text: str) -> None:
        if self.kind == "email":
            if len(text) > _MAX_EMAIL:
                raise ValidationError("Alamat surel terlalu panjang.")
            _EMAIL(text)
        elif self.kind == "phone" and not _TELEPHONE.fullmatch(text):
            raise ValidationError("Nomor telepon tidak benar, contoh: +628123456789.")
        if self.pattern is not None and self.pattern.search(text) is None:
            raise ValidationError(self.pattern_message)

    def late(self, value: Any, scope: Scope) -> str | None:
        """Computed lengths."""
        if value is None:
            return None
        for name, expression in self.computed.items():
            bound = expression.number(scope.context, scope.now)
            if bound is not None and name == "minLength" and len(value) < bound:
                return f"Paling sedikit {bound} huruf."
            if bound is not None and name == "maxLength" and len(value) > bound:
                return f"Paling banyak {bound} huruf."
        return None

    def sample(self, random: Random, scope: Scope) -> str:
        """An example of the analyst (`properties.contoh`), or text made up to fit."""
        candidates = [self.example] if self.example else []
        if self.kind == "email":
            candidates.append(f"contoh{random.randint(1, 999)}@example.go.id")
        elif self.kind == "phone":
            candidates.append(f"+62812{random.randint(1000000, 9999999)}")
        elif self.pattern is not None:
            candidates += [matching_text(self.pattern.pattern, random) for _ in range(20)]
        else:
            candidates.append(words(random, max(self.least, 1), self.most))
        for text in candidates:
            if self._fits(text, scope):
                return text
        raise SampleImpossible("no text could be made up; add an example as custom property 'contoh'")

    def _fits(self, text: str, scope: Scope) -> bool:
        if self.is_empty(text):
            return False
        try:
            return self.late(self.check(text), scope) is None
        except ValidationError:
            return False

    def json_schema(self) -> dict[str, Any]:
        """A string with its limits."""
        schema: dict[str, Any] = {"type": "string", "maxLength": self.most}
        if self.mandatory:
            schema["minLength"] = max(self.least, 1)
        if self.kind == "email":
            schema["format"] = "email"
        return schema
