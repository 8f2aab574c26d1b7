"""How much a FEEL text and its evaluation may take.

Owns the limits and the running account. Steps are counted, not measured, so that the same evaluation ends the same way
on every machine; the processor time is a second fence, far behind the first.
"""

import time
from dataclasses import dataclass
from typing import Final, NoReturn

from engine.feel.errors import FeelBudgetError

_LOOK_AT_CLOCK_EVERY: Final = 2_000


@dataclass(frozen=True, slots=True)
class Budget:
    """The limits of one evaluation.

    Attributes:
        text: characters of a FEEL text.
        tokens: tokens of a FEEL text.
        nesting: brackets, calls and operators within each other.
        steps: units of work of an evaluation, about 0.2 µs each.
        calls: FEEL functions calling each other.
        size: characters of one string.
        seconds: processor time of this thread.
    """

    text: int = 16_000
    tokens: int = 4_000
    nesting: int = 60
    steps: int = 100_000
    calls: int = 40
    size: int = 200_000
    seconds: float = 0.5


class Account:
    """What an evaluation has left; `charge` before doing work that grows with the data."""

    __slots__ = ("_deadline", "_look_at", "budget", "calls", "steps")

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.steps = budget.steps
        self.calls = 0
        self._deadline = 0.0
        self._look_at = max(budget.steps - _LOOK_AT_CLOCK_EVERY, 0)

    def charge(self, units: int) -> None:
        """Takes `units` off.

        Raises:
            FeelBudgetError: nothing is left.
        """
        self.steps -= units
        if self.steps < self._look_at:
            self._look()

    def _look(self) -> None:
        if self.steps < 0:
            self.exhausted("steps")
        self._look_at = max(self.steps - _LOOK_AT_CLOCK_EVERY, 0)
        now = time.thread_time()
        if not self._deadline:
            self._deadline = now + self.budget.seconds
        elif now > self._deadline:
            self.exhausted("seconds")

    def check_size(self, length: int) -> None:
        """Refuses a string longer than allowed.

        Raises:
            FeelBudgetError: `length` is too large.
        """
        if length > self.budget.size:
            self.exhausted("size")

    def exhausted(self, limit: str) -> NoReturn:
        """Ends the evaluation.

        Raises:
            FeelBudgetError: always.
        """
        raise FeelBudgetError(
            limit,
            f"Perhitungan FEEL melampaui anggaran ({limit}: {getattr(self.budget, limit)}). Sederhanakan ekspresinya.",
            f"Expected a FEEL evaluation within its budget, but it exceeded {limit} ({getattr(self.budget, limit)}).",
        )
