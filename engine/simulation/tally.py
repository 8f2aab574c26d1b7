"""Counts what happens in a simulation: per request, per activity, per role. Judges nothing; `result` does the sums."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.simulation.staff import Pool

if TYPE_CHECKING:
    from engine.simulation.state import Job, Request


@dataclass(slots=True)
class ActivityCount:
    """One activity. Times are office seconds, except `passed`, which is seconds."""

    visits: int = 0
    late: int = 0
    fired: int = 0
    waits: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    passed: float = 0.0


@dataclass(frozen=True, slots=True)
class RoleCount:
    """A pool as it stood when the last request came."""

    queue_area: float
    busy_area: float
    offered: float
    longest: int
    waits: tuple[float, ...]


class Tally:
    """Everything counted between `begin` (after the warm-up) and `end` (the last arrival), or for counting requests.

    Args:
        pools: the people, whose areas are read at `end`.
    """

    def __init__(self, pools: dict[str, Pool]) -> None:
        self.pools = pools
        self.activities: dict[str, ActivityCount] = {}
        self.office_seconds: list[float] = []  # arrival to end
        self.own_seconds: list[float] = []  # the same without what only lay with the applicant
        self.seconds: list[float] = []  # by the calendar
        self.arrivals: list[tuple[float, float]] = []  # (arrival, end) of counting requests
        self.on_time = 0
        self.window = 0.0
        self.in_system_area = 0.0
        self.roles: dict[str, RoleCount] = {}
        self._inside = 0
        self._since = 0.0
        self._began = 0.0
        self._is_open = False

    def begin(self, worked: float) -> None:
        """Counting begins at this office second."""
        self._advance(worked)
        self.in_system_area, self._began, self._is_open = 0.0, worked, True
        for pool in self.pools.values():
            pool.clear(worked)

    def end(self, worked: float) -> None:
        """The last request has come: what follows is an emptying office and says nothing about load."""
        self._advance(worked)
        self._is_open = False
        self.window = worked - self._began
        for role, pool in self.pools.items():
            pool.advance(worked)
            self.roles[role] = RoleCount(pool.queue_area, pool.busy_area, pool.offered, pool.longest, tuple(pool.waits))

    def arrived(self, worked: float) -> None:
        """A request comes in."""
        self._advance(worked)
        self._inside += 1

    def finished(self, request: "Request", now: float, worked: float) -> None:
        """A request is done."""
        self._advance(worked)
        self._inside -= 1
        if request.counts:
            self.office_seconds.append(worked - request.arrived_worked)
            self.own_seconds.append(request.office_worked)
            self.seconds.append(now - request.arrived)
            self.arrivals.append((request.arrived, now))
            self.on_time += not request.is_late

    def begun(self, job: "Job", wait: float) -> None:
        """Somebody begins with a job that lay for `wait` office seconds."""
        if job.place.request.counts:
            self._of(job).waits.append(wait)

    def completed(self, job: "Job", now: float, worked: float, is_late: bool) -> None:
        """A job is done."""
        if job.place.request.counts:
            count = self._of(job)
            count.visits += 1
            count.late += is_late
            count.worked.append(worked - job.opened_worked)
            count.passed += now - job.opened

    def fired(self, job: "Job") -> None:
        """A boundary timer fires."""
        if job.place.request.counts:
            self._of(job).fired += 1

    def _of(self, job: "Job") -> ActivityCount:
        return self.activities.setdefault(job.work.node.id, ActivityCount())

    def _advance(self, worked: float) -> None:
        if self._is_open:
            self.in_system_area += self._inside * (worked - self._since)
        self._since = worked
