"""One run of a simulation: requests arrive at random, and the agenda is worked off until the last one is done.

Deterministic: one random stream, events of one moment in order. Joins together `tokens` (where), `office` (who) and
`tally` (what is counted).
"""

from collections.abc import Callable
from random import Random

from engine.diagram.model import Process
from engine.simulation.axis import DAY, Axis
from engine.simulation.office import Office
from engine.simulation.plans import Plans, Watch
from engine.simulation.scenario import Scenario
from engine.simulation.state import Agenda, Job, Place, Request
from engine.simulation.tally import Tally
from engine.simulation.tokens import Tokens
from engine.simulation.walk import Choice

Progress = Callable[[int, int], None]


class Run:
    """One simulation.

    Args:
        process, scenario, plans, axis: what is simulated.
        random: the only source of chance.
        progress: called with (requests finished, requests in all), about a hundred times.
    """

    def __init__(
        self, process: Process, scenario: Scenario, plans: Plans, axis: Axis, random: Random, progress: Progress | None
    ) -> None:
        self._scenario, self._random, self._progress = scenario, random, progress
        self._agenda = Agenda(axis)
        self._office = Office(plans, self._agenda, random, self._done, self._fired)
        choice = Choice(process, scenario, random)
        self._tokens = Tokens(process, choice, self._office.begin, self._office.drop, self._opened, self._ended)
        self._watches = plans.watches
        self._in_office = scenario.arrivals_calendar == "kerja"
        self._day = axis.office_day if self._in_office else DAY
        self._arrived = self._finished = 0

    def go(self) -> Tally:
        """Runs until the last request is done.

        Raises:
            ScenarioRefused: a request goes round in the diagram without end.
        """
        self._plan_arrival()
        while self._agenda.step():
            self._tokens.walk()
        return self._office.tally

    def _plan_arrival(self) -> None:
        gap = self._random.expovariate(self._scenario.per_day) * self._day
        self._agenda.after(gap, self._in_office, self._arrive, None)

    def _arrive(self, _: None) -> None:
        agenda, scenario, tally = self._agenda, self._scenario, self._office.tally
        if self._arrived == scenario.warm_up:
            tally.begin(agenda.worked)
        request = Request(agenda.now, agenda.worked, self._arrived >= scenario.warm_up)
        self._arrived += 1
        tally.arrived(agenda.worked)
        if self._arrived == scenario.requests:
            tally.end(agenda.worked)
        else:
            self._plan_arrival()
        self._tokens.start(request)

    def _ended(self, request: Request) -> None:
        self._finished += 1
        self._office.tally.finished(request, self._agenda.now, self._agenda.worked)
        if self._progress and self._finished % max(1, self._scenario.requests // 100) == 0:
            self._progress(self._finished, self._scenario.requests)

    def _opened(self, place: Place) -> None:
        for watch in self._watches.get(place.scope, ()):
            due = self._agenda.axis.due(self._agenda.now, watch.limit, watch.kalender)
            self._agenda.at(due, self._elapsed, (place, watch))

    def _elapsed(self, what: tuple[Place, Watch]) -> None:
        """A timer on a subprocess fires, if it is still open."""
        place, watch = what
        if place.is_done or place.parent is None:
            return
        place.request.is_late = True
        if watch.node.interrupting:
            self._tokens.cut_off(place, watch.node)
        else:
            place.parent.tokens += 1
            self._tokens.leave(place.parent, watch.node)

    def _done(self, job: Job) -> None:
        self._tokens.leave(job.place, job.work.node)

    def _fired(self, job: Job, watch: Watch) -> None:
        if watch.node.interrupting:
            self._office.drop(job)
        else:
            job.place.tokens += 1
        self._tokens.leave(job.place, watch.node)
