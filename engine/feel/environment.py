"""What an evaluation may ask of the world: the time, the working calendar and the types of a model.

Owns the protocol that a calendar fulfils; brings no clock and no calendar of its own, so that FEEL stays pure.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from engine.feel.budget import Budget
from engine.feel.nodes import TypeNode


class WorkingCalendar(Protocol):
    """The part of a working calendar that FEEL's own functions use. Moments are aware."""

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens on that local date."""
        ...

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """The end of the nth working day after `start`."""
        ...

    def add_working_minutes(self, start: datetime, minutes: int) -> datetime:
        """The moment after so many minutes of office hours."""
        ...


@dataclass(frozen=True, slots=True)
class Environment:
    """What is injected into an evaluation.

    Attributes:
        now: gives the moment (aware) that `now()`, `today()` and `sekarang()` show, in the zone they show it in;
            without it they are null.
        working_calendar: for `hari kerja`, `tambah waktu kerja` and `hari libur`; without it they are null.
        types: item definitions by name, for `instance of`.
        budget: how much the evaluation may take.
    """

    now: Callable[[], datetime] | None = None
    working_calendar: WorkingCalendar | None = None
    types: Mapping[str, TypeNode] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
