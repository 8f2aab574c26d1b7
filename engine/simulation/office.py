"""Jobs and people: work queues for the people of its role, is done, lies, is late or cut off.

Owns the life of a `Job`. Where tokens go afterwards is `run`'s business, told by the two callbacks.
"""

from collections.abc import Callable
from random import Random

from engine.simulation.plans import Plans, Watch, Work
from engine.simulation.staff import Pool
from engine.simulation.state import Agenda, Job, Place, Request
from engine.simulation.tally import Tally


class Office:
    """The people of all roles.

    Args:
        plans: works and staff. agenda: where ends of work are planned. random: the simulation's stream.
        done: called when a job is complete. fired: called when a timer on an open job fires.
    """

    def __init__(
        self,
        plans: Plans,
        agenda: Agenda,
        random: Random,
        done: Callable[[Job], None],
        fired: Callable[[Job, Watch], None],
    ) -> None:
        self._plans, self._agenda, self._random = plans, agenda, random
        self._done, self._fired = done, fired
        self._pools = {role: Pool(role, people) for role, people in plans.staff.items()}
        self.tally = Tally(self._pools)

    def begin(self, place: Place, node_id: str) -> None:
        """Opens the work of an activity."""
        work, agenda = self._plans.works[node_id], self._agenda
        job = Job(work, place, agenda.now, agenda.worked)
        place.jobs[job] = None
        length = work.length.draw(self._random)
        job.busy_for = length * work.busy_share
        job.idle_for = length - job.busy_for
        self._count_open(place.request, work, 1)
        for watch in work.watches:
            agenda.at(agenda.axis.due(agenda.now, watch.limit, watch.kalender), self._fire, (job, watch))
        if job.busy_for:
            self._queue_up(job)
        else:
            self._lie(job)

    def drop(self, job: Job) -> None:
        """Ends a job that will not be completed."""
        was = job.state
        self._close(job)
        if was == "queued":
            pool = self._pools[job.work.role]
            pool.advance(self._agenda.worked)
            pool.queued -= 1
        elif was == "busy":
            self._free(job)

    def _queue_up(self, job: Job) -> None:
        pool = self._pools[job.work.role]
        pool.advance(self._agenda.worked)
        pool.offered += job.busy_for
        if pool.has_free:
            self._serve(pool, job)
            return
        job.state = "queued"
        pool.waiting.append(job)
        pool.queued += 1
        pool.longest = max(pool.longest, pool.queued)

    def _serve(self, pool: Pool, job: Job) -> None:
        job.state = "busy"
        pool.busy += 1
        wait = self._agenda.worked - job.opened_worked
        pool.waits.append(wait)
        self.tally.begun(job, wait)
        self._agenda.after(job.busy_for, job.work.in_office, self._stop_serving, job)

    def _stop_serving(self, job: Job) -> None:
        if job.state == "busy":
            self._free(job)
            self._lie(job)

    def _free(self, job: Job) -> None:
        pool = self._pools[job.work.role]
        pool.advance(self._agenda.worked)
        pool.busy -= 1
        while pool.waiting and pool.has_free:
            following = pool.waiting.popleft()
            if following.state == "queued":
                pool.queued -= 1
                self._serve(pool, following)

    def _lie(self, job: Job) -> None:
        """The part of the time for which nobody is busy with it."""
        job.state = "idle"
        if job.idle_for:
            self._agenda.after(job.idle_for, job.work.in_office, self._complete, job)
        else:
            self._complete(job)

    def _complete(self, job: Job) -> None:
        if job.state == "closed":
            return
        self._close(job)
        agenda, limit = self._agenda, job.work.limit
        is_late = limit is not None and agenda.now > agenda.axis.due(job.opened, *limit)
        job.place.request.is_late |= is_late
        self.tally.completed(job, agenda.now, agenda.worked, is_late)
        self._done(job)

    def _fire(self, what: tuple[Job, Watch]) -> None:
        job, watch = what
        if job.state != "closed":
            self.tally.fired(job)
            job.place.request.is_late = True
            self._fired(job, watch)

    def _close(self, job: Job) -> None:
        job.state = "closed"
        job.place.jobs.pop(job, None)
        self._count_open(job.place.request, job.work, -1)

    def _count_open(self, request: Request, work: Work, change: int) -> None:
        """Keeps the request's own clock, which pauses while only the applicant has work."""
        if work.by_applicant:
            return
        if request.open_office == 0:
            request.office_since = self._agenda.worked
        request.open_office += change
        if request.open_office == 0:
            request.office_worked += self._agenda.worked - request.office_since
