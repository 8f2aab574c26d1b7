"""The decision of a form and the *kelengkapan* checklist that gates completion (see docs/forms.md).

Owns the custom properties `keputusan`, `semuaWajib` and `tanpaKelengkapan`.
"""

from forms.kinds.base import Input
from forms.kinds.choice import ChoiceInput, ChoicesInput
from forms.model import Kelengkapan
from forms.reader import Reader

CHECKLIST_KEY = "kelengkapan"
Found = tuple[str, Reader, Input | None]


def find_decision(inputs: list[Found]) -> tuple[str, ChoiceInput] | None:
    """Path and field of the radio or select marked `properties.keputusan="true"`; problems are noted."""
    marked = [found for found in inputs if _is_true(found[1], "keputusan")]
    for path, reader, made in marked:
        if reader.raw.get("type") not in ("radio", "select") or "[]" in path or made is None:
            reader.complain(
                "decision",
                "Expected 'keputusan' on a radio or select that people fill in once, but it stands elsewhere.",
                "Move the property to the decision field.",
                "'keputusan' hanya untuk radio atau select yang diisi satu kali; pindahkan.",
            )
    if len(marked) > 1:
        second = marked[1][1]
        second.complain("decision", "Expected one decision field, but there are several.", "Keep 'keputusan' on one.",
                        "Hanya satu isian keputusan; hapus properti 'keputusan' dari yang lain.")  # fmt: skip
    for path, _, made in marked:
        if isinstance(made, ChoiceInput):
            return path, made
    return None


def find_kelengkapan(inputs: list[Found], decision: tuple[str, ChoiceInput] | None) -> Kelengkapan | None:
    """The gating checklist; problems are noted."""
    gate = None
    for path, reader, made in inputs:
        all_required = _is_true(reader, "semuaWajib")
        waived = _values(reader)
        if not all_required and not waived:
            continue
        if path != CHECKLIST_KEY or not isinstance(made, ChoicesInput) or made.options.fixed is None:
            reader.complain(
                "kelengkapan",
                f"Expected 'semuaWajib' and 'tanpaKelengkapan' on the checklist '{CHECKLIST_KEY}' with fixed values.",
                "Move the properties there.",
                f"'semuaWajib' dan 'tanpaKelengkapan' hanya untuk checklist '{CHECKLIST_KEY}' berpilihan tetap.",
            )
        elif not made.mandatory or not all_required:
            reader.complain(
                "kelengkapan",
                'Expected validate.required and semuaWajib="true" together, but one is missing.',
                "Set both, or neither.",
                "'Wajib diisi' dan properti semuaWajib=\"true\" harus dipakai bersama, atau tidak sama sekali.",
            )
        else:
            _check_waived(reader, waived, decision)
            made.leave_to_gate()
            gate = Kelengkapan(made, decision[0] if decision else None, waived)
    return gate


def _check_waived(reader: Reader, waived: frozenset[str], decision: tuple[str, ChoiceInput] | None) -> None:
    known = {str(value) for value in decision[1].options.fixed or ()} if decision else set()
    for value in sorted(waived - known):
        reader.complain(
            "kelengkapan",
            f"Expected values of the decision field in 'tanpaKelengkapan', but '{value[:40]}' is none.",
            'Correct the value, or mark the decision field with keputusan="true".',
            f"'{value[:40]}' di 'tanpaKelengkapan' bukan nilai isian keputusan.",
        )


def _is_true(reader: Reader, name: str) -> bool:
    value = reader.part("properties").raw.get(name)
    if value in ("true", True):
        return True
    if value not in (None, "", "false", False):
        reader.complain("property", f"Expected true or false in '{name}', but got {value!r:.40}.", "Correct it.",
                        f"Properti '{name}' harus true atau false.")  # fmt: skip
    return False


def _values(reader: Reader) -> frozenset[str]:
    text = reader.part("properties").text("tanpaKelengkapan")
    return frozenset(part.strip() for part in text.split(",") if part.strip())
