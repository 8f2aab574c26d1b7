"""Refusals of forms: a bad definition (for the analyst) and data that does not fit (for the person who filled it in).

Owns the two error types and the collector of problems. Must not know form-js or marshmallow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from engine.errors import AlurError


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with submitted data.

    Attributes:
        field: dotted path from the root of the data, list positions counted from 0 (`pengurus.0.nama`).
        message: what is wrong, in Bahasa Indonesia, for the person who filled in the form.
    """

    field: str
    message: str


class FormInvalid(AlurError):
    """The data does not fit the form; `problems` and `errors` list every field that is wrong."""

    code = "form_invalid"
    status = 422

    def __init__(self, form_id: str, problems: Sequence[FieldError]) -> None:
        super().__init__(
            f"Expected data that fits the form '{form_id}', but {len(problems)} field(s) do not; correct them.",
            [{"field": problem.field, "message": problem.message} for problem in problems],
        )
        self.problems = tuple(problems)


class FormRefused(AlurError):
    """The form definition cannot be executed right; `errors` lists every problem as `Problems` keeps it."""

    code = "form_refused"
    status = 422


@dataclass(slots=True)
class Problems:
    """Collects what is wrong with one form definition, so that one answer names everything."""

    LIMIT: ClassVar[int] = 200
    found: list[Mapping[str, str]] = field(default_factory=list)

    def add(self, element: str, name: str, rule: str, message: str, cure: str, message_id: str) -> None:
        """Notes one problem once (`message_id`: message and cure in Bahasa Indonesia); at most `LIMIT` are kept."""
        problem = {
            "element": element, "name": name, "rule": rule, "message": message, "cure": cure, "message_id": message_id,
        }  # fmt: skip
        if len(self.found) < self.LIMIT and problem not in self.found:
            self.found.append(problem)

    def refuse_if_any(self, form_id: str) -> None:
        """Ends the check.

        Raises:
            FormRefused: at least one problem was noted.
        """
        if self.found:
            first = self.found[0]
            raise FormRefused(
                f"Expected a form that can be executed, but '{form_id}' has {len(self.found)} problem(s); "
                f"the first is at {first['element']}: {first['message']} {first['cure']}",
                self.found,
            )
