"""The people of one role: who waits, who is busy, and for how long, counted while the office is open."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Pool:
    """`people` of one role (None: as many as it takes) and the queue before them, first come first served.

    Attributes:
        queue_area, busy_area: people or jobs times office seconds, since the last `clear`.
        waits: office seconds of each job that was begun since then. offered: seconds of work that came in since then.
    """

    role: str
    people: int | None
    waiting: deque[Any] = field(default_factory=deque)
    busy: int = 0
    queued: int = 0  # without those cancelled in the queue
    queue_area: float = 0.0
    busy_area: float = 0.0
    offered: float = 0.0
    longest: int = 0
    waits: list[float] = field(default_factory=list)
    _since: float = 0.0

    @property
    def has_free(self) -> bool:
        """Whether a job can begin at once."""
        return self.people is None or self.busy < self.people

    def advance(self, worked: float) -> None:
        """Counts up to this office second; call before every change."""
        passed = worked - self._since
        if passed > 0:
            self.queue_area += self.queued * passed
            self.busy_area += self.busy * passed
            self._since = worked

    def clear(self, worked: float) -> None:
        """Begins counting anew."""
        self.advance(worked)
        self.queue_area = self.busy_area = self.offered = 0.0
        self.longest = self.queued
        self.waits.clear()
