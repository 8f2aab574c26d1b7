"""What is under way in a simulation: requests, open scopes, jobs, and the agenda of what comes next."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.simulation.axis import Axis
from engine.simulation.plans import Work


@dataclass(slots=True, eq=False)
class Request:
    """One request on its way. `open_office` counts open work that is not the applicant's."""

    arrived: float
    arrived_worked: float
    counts: bool
    steps: int = 0
    open_office: int = 0
    office_since: float = 0.0
    office_worked: float = 0.0
    is_late: bool = False


@dataclass(slots=True, eq=False)
class Place:
    """A process or subprocess that is open for one request: its tokens, what waits at its joins, what is open in it."""

    request: Request
    scope: str
    parent: "Place | None" = None
    tokens: int = 0
    joins: dict[str, dict[str, int]] = field(default_factory=dict)
    jobs: dict["Job", None] = field(default_factory=dict)
    inner: dict["Place", None] = field(default_factory=dict)
    is_done: bool = False


@dataclass(slots=True, eq=False)
class Job:
    """One piece of work, from when it is opened until it is done or cancelled."""

    work: Work
    place: Place
    opened: float
    opened_worked: float
    busy_for: float = 0.0
    idle_for: float = 0.0
    state: str = "open"  # open, queued, busy, idle, closed


class Agenda:
    """What happens when; events of one moment come in the order in which they were planned.

    Attributes:
        now, worked: the present in seconds and in office seconds since the start.
    """

    def __init__(self, axis: Axis) -> None:
        self.axis = axis
        self.now = self.worked = 0.0
        self._queue: list[tuple[float, int, Callable[..., None], Any]] = []
        self._number = 0

    def at(self, when: float, act: Callable[..., None], what: Any) -> None:
        """Plans `act(what)` for a moment, in seconds since the start."""
        self._number += 1
        heapq.heappush(self._queue, (when, self._number, act, what))

    def after(self, length: float, in_office: bool, act: Callable[..., None], what: Any) -> None:
        """Plans `act(what)` for when so many seconds, or office seconds, have passed."""
        self.at(self.axis.elapsed(self.worked + length) if in_office else self.now + length, act, what)

    def step(self) -> bool:
        """Does what comes next; False if nothing is left."""
        if not self._queue:
            return False
        self.now, _, act, what = heapq.heappop(self._queue)
        self.worked = self.axis.worked(self.now)
        act(what)
        return True
