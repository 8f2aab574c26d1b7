"""Requests for a demo installation: months of work, played in order by the real commands under a clock of their own.

Every history is genuine (it verifies and replays), only its moments are invented. Refused outside demo mode.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from random import Random
from typing import Any

from engine.assignment import APPLICANT, CITIZEN_KIND, CONFIDENTIAL, Actor
from engine.change import calendar_of, newest_deployed
from engine.clock import TestClock
from engine.commands.cancel_instance import cancel_instance
from engine.commands.claim_task import claim_task
from engine.commands.complete_task import complete_task
from engine.commands.create_person import create_person
from engine.commands.fire_timers import fire_timers
from engine.commands.modify_instance import modify_instance
from engine.commands.resume_instance import resume_instance
from engine.commands.start_instance import start_instance
from engine.commands.submit_survey import submit_survey
from engine.commands.summarise import summarise_everything
from engine.commands.suspend_instance import suspend_instance
from engine.context import Context
from engine.demo import PASSWORD
from engine.deployed import Deployed
from engine.errors import Conflict, NotFound, WrongState
from engine.queries.backlog import next_due, open_tasks
from engine.storage.agencies import agency_for_start
from engine.storage.calendars import current_version
from engine.storage.people import actor_by_username
from engine.working_calendar import WorkingCalendar
from forms.kinds.files import FilesInput
from forms.model import FormDefinition
from forms.sample import valid_data
from scripts.demo_plan import (
    CITIZENS,
    REASONS,
    SOPS,
    SUBJECTS,
    Task,
    answers,
    decision,
    end_of,
    start_moment,
    unusual,
)

Progress = Callable[[Iterable[datetime]], Iterable[datetime]]
_AFTER_HOLD = timedelta(days=5)
_CLAIMED, _NOW = 0.6, 0.3  # tasks that are taken before they are done; unusual acts at any one task
_ANSWERED = 0.55  # of the surveys of citizens


@dataclass(slots=True)
class _Request:
    """A request on its way: who asked, and what an administrator will do to it by hand, if anything."""

    deployed: Deployed
    applicant: Actor
    unusual: str | None


class _Play:
    """The agenda: moments in order, each with what happens then."""

    def __init__(self, context: Context, first: datetime, until: datetime, seed: int) -> None:
        self.clock, self.until = TestClock(first), until
        self.context = replace(context, clock=self.clock)
        self.random = Random(seed)  # noqa: S311 - made-up data
        self.requests: dict[str, _Request] = {}
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order = count()
        self._planned: set[str] = set()
        self._people: dict[str, Actor] = {}

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        """Puts an act on the agenda, unless it lies after the end."""
        if moment < self.until:
            heappush(self._agenda, (moment, next(self._order), act))

    def acts(self) -> Iterator[datetime]:
        """Carries out act by act, and before each the timers that are due by then; yields their moments."""
        while self._agenda:
            moment, _, act = heappop(self._agenda)
            self.fire_until(moment)
            self.clock.set(moment)
            act()
            yield moment

    def fire_until(self, moment: datetime) -> None:
        """Fires each timer at its own moment, and plans what it opened."""
        fired = 0
        while (due := next_due(self.context)) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            fired += fire_timers(self.context)
        if fired:
            self.plan(open_tasks(self.context))

    def person(self, username: str) -> Actor:
        """The person of this user name; demo performers are named as their roles."""
        if username not in self._people:
            with self.context.database.read() as connection:
                self._people[username] = actor_by_username(connection, username, self.clock.now())
        return self._people[username]

    def calendar(self, deployed: Deployed, starter: Actor | None = None) -> WorkingCalendar:
        """The working time of the agency that owns an SOP."""
        with self.context.database.read() as connection:
            agency = agency_for_start(connection, deployed.agency_id, starter)
            return calendar_of(self.context, connection, agency.id, current_version(connection))

    def plan(self, tasks: Iterable[Mapping[str, Any]]) -> None:
        """Plans when newly opened tasks of our requests will be done, and often when somebody takes them before."""
        for task in tasks:
            request = self.requests.get(task["id"].partition("-")[0])
            if request is None or task["id"] in self._planned:
                continue
            self._planned.add(task["id"])
            node = request.deployed.diagram.main.nodes[task["element_id"]]
            opened, due = (datetime.fromisoformat(at) if at else None for at in (task["opened_at"], task["due_at"]))
            in_office = not node.quality or node.quality.kalender == "kerja"
            facts = Task(opened or self.clock.now(), due, task["role"], in_office)
            end = end_of(self.random, facts, self.calendar(request.deployed, request.applicant))
            if end is None:
                continue
            if not self._applicants(request, task) and self.random.random() < _CLAIMED:
                self.at(facts.opened_at + (end - facts.opened_at) * 0.6, partial(self._claim, dict(task)))
            self.at(max(end, self.clock.now()), partial(self._complete, request, dict(task)))

    def start(self, deployed: Deployed) -> None:
        """A citizen, or the post that the SOP begins with, asks."""
        by_citizen = deployed.start_kind == APPLICANT
        who = self.person(self.random.choice(CITIZENS) if by_citizen else deployed.start_role or "analis")
        form = deployed.start_form
        values = {} if form is None else self._filled(form)
        view = start_instance(self.context, who, deployed.key, values)
        self.requests[view["id"]] = _Request(deployed, who, unusual(self.random))
        self.plan(view["tasks"])

    @staticmethod
    def _applicants(request: _Request, task: Mapping[str, Any]) -> bool:
        return request.deployed.tasks[task["element_id"]].applicants

    def _claim(self, task: Mapping[str, Any]) -> None:
        with suppress(NotFound, WrongState, Conflict):  # a timer may have closed it
            claim_task(self.context, self.person(task["role"]), task["id"])

    def _complete(self, request: _Request, task: Mapping[str, Any]) -> None:
        who = request.applicant if self._applicants(request, task) else self.person(task["role"])
        if request.unusual is not None and self.random.random() < _NOW:
            act, request.unusual = request.unusual, None
            if self._intervene(act, request, task):
                return
        form = request.deployed.form_of(task["element_id"])
        data = {} if form is None else self._filled(form)
        with suppress(NotFound, WrongState):  # a timer may have closed it, an administrator stopped it
            view = complete_task(self.context, who, task["id"], data)
            self.plan(view["tasks"])
            if view["status"] == "completed" and request.applicant.kind == CITIZEN_KIND:
                self._plan_survey(request, view["id"])

    def _plan_survey(self, request: _Request, instance_id: str) -> None:
        """Many citizens answer the survey within some days."""
        if self.random.random() < _ANSWERED:
            after = timedelta(hours=self.random.uniform(1, 72))
            given = answers(self.random)
            self.at(self.clock.now() + after, lambda: self._answer(request, instance_id, given))

    def _answer(self, request: _Request, instance_id: str, given: Mapping[str, int]) -> None:
        submit_survey(self.context, request.applicant, instance_id, given)

    def _intervene(self, act: str, request: _Request, task: Mapping[str, Any]) -> bool:
        """What an administrator does by hand; whether the task is gone with it."""
        admin = self.person("admin")
        instance_id, _, token = str(task["id"]).partition("-")
        if request.deployed.confidentiality == CONFIDENTIAL:
            return False
        if act == "cancel":
            cancel_instance(self.context, admin, instance_id, REASONS[act])
            return True
        if act == "suspend":
            suspend_instance(self.context, admin, instance_id, REASONS[act])
            self.at(self.clock.now() + _AFTER_HOLD, partial(self._resume, request, instance_id, dict(task)))
            return True
        following = [node for node in request.deployed.tasks if node > task["element_id"]]
        elements = request.deployed.diagram.main.nodes
        target = next((one for one in following if elements[one].kind == "userTask"), task["element_id"])
        view = modify_instance(self.context, admin, instance_id, REASONS[act], activate=[target], cancel=[token])
        self.plan(view["tasks"])
        return True

    def _resume(self, request: _Request, instance_id: str, task: Mapping[str, Any]) -> None:
        resume_instance(self.context, self.person("admin"), instance_id, REASONS["resume"])
        self._complete(request, task)

    def _filled(self, form: FormDefinition) -> dict[str, Any]:
        """Made-up data without uploads, with a branch that mostly goes on."""
        chosen = None
        if form.decision is not None:
            chosen = decision(self.random, [str(one) for one in form.decision[1].options.fixed or ()])
        data = valid_data(form, chosen, self.random.getrandbits(30), now=self.clock.now())
        for (name, *below), leaf in form.root.walk():
            if isinstance(leaf.input, FilesInput) and not below:
                data.pop(name, None)
            elif name == "perihal" and not below:
                data[name] = f"{self.random.choice(SUBJECTS)} (data demo)"
        return data


def seed_requests(
    context: Context, requests: int, *, months: int = 6, seed: int = 1, progress: Progress = iter
) -> int:
    """Plays `requests` requests over the last `months` months up to now; returns how many acts it took.

    Args:
        seed: of everything that is drawn: the same seed on the same day gives the same requests.
        progress: shows how far the play is.

    Raises:
        WrongState: this is no demo installation. NotFound: no SOP of the plan is deployed.
    """
    if not context.settings.demo:
        raise WrongState("Expected demo mode (ALUR_DEMO=1) for demo requests, but this installation is a real one.")
    until = context.clock.now()
    first = until - timedelta(days=30 * months)
    _invite(context)
    play = _Play(context, first, until, seed)
    known = _deployed(play.context)
    for deployed in play.random.choices(known, [SOPS[one.key] for one in known], k=requests):
        calendar = play.calendar(deployed)
        at_home = deployed.start_kind == APPLICANT
        play.at(start_moment(play.random, first, until, calendar, at_home), partial(play.start, deployed))
    acts = sum(1 for _ in progress(play.acts()))
    play.fire_until(until)
    summarise_everything(context)
    return acts


def _invite(context: Context) -> None:
    """Citizens enough that no list is one person's."""
    for number, username in enumerate(CITIZENS, 2):
        with suppress(Conflict):  # seeded before
            create_person(context, None, username=username, name=f"Demo Warga {number}", kind="warga",
                          password=PASSWORD, demo=True)  # fmt: skip


def _deployed(context: Context) -> list[Deployed]:
    """The SOPs of the plan that are deployed."""
    found = []
    with context.database.read() as connection:
        for key in SOPS:
            with suppress(NotFound):
                found.append(newest_deployed(context, connection, key))
    if not found:
        raise NotFound("Expected the catalogue to be deployed, but no SOP of the demo plan is there.")
    return found
