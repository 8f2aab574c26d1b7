"""Makes up valid data for a form: for tests, simulation and demonstrations. The data says nothing about real people.

Everything is drawn from `random.Random(seed)`: the same form, decision and seed give the same data.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from engine.attachments import EXTENSIONS
from forms.kinds.base import Input
from forms.kinds.base import SampleImpossible as SampleImpossible
from forms.levels import Level
from forms.model import FormDefinition
from forms.scope import AttachmentInfo, Place, Scope
from forms.visibility import visible_data

_DEFAULT_NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_MOST_SAMPLE_ROWS = 3


def valid_data(
    form: FormDefinition,
    decision: str | None,
    seed: int,
    *,
    now: datetime = _DEFAULT_NOW,
    variables: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Data that `forms.validate.validate` accepts with the same `now` and `variables`, and `attachment_lookup` below.

    Args:
        form: the definition.
        decision: the value for the form's decision field; None leaves it to chance.
        seed: of the random numbers.
        now: aware; dates lie within the month after it.
        variables: what the form is opened with.

    Raises:
        SampleImpossible: a field's rules leave nothing that could be made up; the message names the field and the cure.
        ValueError: the form has no such decision.
    """
    random = Random(seed)  # noqa: S311 - made-up data, nothing secret
    maker = _Maker(random, {**(variables or {})}, now)
    data = maker.level(form.root, "")
    _decide(form, data, decision)
    if form.kelengkapan is not None:
        data["kelengkapan"] = list(form.kelengkapan.checklist.options.fixed or ())
    visible, _ = visible_data(form.root, data, variables or {}, now)
    return visible


def attachment_lookup(attachment_id: str) -> AttachmentInfo | None:
    """Knows the upload ids that `valid_data` makes up: one small file of each allowed type."""
    number = UUID(attachment_id).int
    types = list(EXTENSIONS.values())
    return AttachmentInfo(types[number - 1], 1024) if 1 <= number <= len(types) else None


def _decide(form: FormDefinition, data: dict[str, Any], decision: str | None) -> None:
    if decision is None:
        return
    if form.decision is None:
        raise ValueError(f"Expected a form with a decision field, but '{form.id}' has none; leave the decision out.")
    path, choice = form.decision
    value = next((option for option in choice.options.fixed or () if str(option) == decision), None)
    if value is None:
        known = list(choice.options.fixed or ())
        raise ValueError(f"Expected a decision of '{form.id}', but '{decision}' is none of {known}.")
    *way, name = path.split(".")
    for step in way:
        data = data[step]
    data[name] = value


class _Maker:
    """Fills level after level; what was filled is known to the computed limits and options of what follows."""

    def __init__(self, random: Random, context: dict[str, Any], now: datetime) -> None:
        self.random = random
        self.context = context
        self.now = now

    def level(self, level: Level, prefix: str, outer: Place | None = None, index: int = 0) -> dict[str, Any]:
        """Data for one level; `outer` and `index` say of which list's row, if of any."""
        made: dict[str, Any] = {}
        here = Place(made) if outer is None else outer.row(made, index)
        for name, leaf in level.leaves.items():
            if leaf.input is not None:
                made[name] = self._value(leaf.input, here, prefix + name)
                self._remember(prefix, name, made)
        for name, below in level.nested.items():
            made[name] = self._nested(below, f"{prefix}{name}.", here)
            self._remember(prefix, name, made)
        return made

    def _value(self, field: Input, here: Place, name: str) -> Any:
        try:
            return field.sample(self.random, Scope(here.context(self.context), self.now, attachment_lookup))
        except SampleImpossible as error:
            raise SampleImpossible(f"{name}: {error}") from error

    def _nested(self, below: Level, prefix: str, here: Place) -> Any:
        if not below.rows:
            return self.level(below, prefix)
        count = self.random.randint(1, _MOST_SAMPLE_ROWS)
        return [self.level(below, prefix, here, index) for index in range(count)]

    def _remember(self, prefix: str, name: str, made: dict[str, Any]) -> None:
        if not prefix:
            self.context[name] = made[name]
