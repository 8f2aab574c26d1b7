"""A form definition as values. No reading, no checking."""

from dataclasses import dataclass, field

from forms.kinds.choice import ChoiceInput, ChoicesInput
from forms.levels import Level


@dataclass(frozen=True, slots=True)
class Kelengkapan:
    """The checklist that gates completion.

    Attributes:
        checklist: the field whose options are the requirements; its key is `kelengkapan`.
        decision: path of the decision field, None when the form has none.
        waived_by: decision values with which an incomplete file may leave the task.
    """

    checklist: ChoicesInput
    decision: str | None
    waived_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A checked and compiled form; parse once, validate often, share between threads.

    Attributes:
        id: the `id` of the form in its JSON.
        source: the JSON document, for the browser.
        root: the compiled fields.
        decision: path and field of the decision (`properties.keputusan`), None when the form has none.
        kelengkapan: the gating checklist, None when the form has none.
    """

    id: str
    source: str
    root: Level = field(compare=False, repr=False)
    decision: tuple[str, ChoiceInput] | None = field(default=None, compare=False, repr=False)
    kelengkapan: Kelengkapan | None = field(default=None, compare=False, repr=False)
