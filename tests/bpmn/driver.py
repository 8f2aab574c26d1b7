"""Runs a compiled process in memory as commands would: one `Execution` per step, a clock that only moves when told.

With `restart` the state goes through its text before every step, as after a restart of the process. After every step
the fold of all events must be the state.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.errors import AlurError
from engine.events import Event
from engine.history.apply import fold
from engine.model import State
from engine.spiff.program import Decide, Program
from engine.spiff.run import Execution
from engine.spiff.timing import CalendarTiming
from engine.working_calendar import WorkingCalendar

START = datetime(2026, 3, 5, 1, 0, tzinfo=UTC)
TIMING = CalendarTiming(WorkingCalendar(1, "Asia/Jakarta"))


class Run:
    """One instance and its whole history."""

    def __init__(
        self, program: Program, *, restart: bool = False, limit: int = 10_000, check_fold: bool = True,
        decide: Decide | None = None,
        resolve: Callable[[str], Program] | None = None,
    ) -> None:  # fmt: skip
        self.program, self.state, self.now = program, State(), START
        self.events: list[Event] = []
        self.restart, self.limit, self.check_fold = restart, limit, check_fold
        self.decide, self.resolve = decide, resolve

    def do(self, what: Callable[[Execution], Any]) -> Any:
        """One command."""
        if self.restart and self.state.status != "new":
            self.state = State.from_json(self.state.to_json())
        execution = Execution(
            self.program, self.state, now=self.now, timing=TIMING, limit=self.limit, decide=self.decide,
            resolve=self.resolve,
        )  # fmt: skip
        before = self.state.to_json()
        try:
            answer = what(execution)
        except AlurError:  # as a command that is rolled back
            self.state = State.from_json(before)
            raise
        self.events += execution.events
        self.program = execution.program
        if self.check_fold:
            assert fold(self.events).to_json() == self.state.to_json()
        return answer

    def start(self, variables: Mapping[str, Any] | None = None, start_event: str | None = None) -> "Run":
        self.do(lambda e: e.start({"jejak": [], **(variables or {})}, start_event))
        return self

    def complete(self, element: str, values: Mapping[str, Any] | None = None) -> None:
        """Completes the oldest open task of an element."""
        token = next(t.token for t in self.state.tasks().values() if t.element_id == element and t.kind == "user")
        self.do(lambda e: e.complete_task(token, values or {}))

    def advance(self, seconds: int) -> None:
        """Moves the clock and fires everything that is due, in order, as the worker does."""
        self.now += timedelta(seconds=seconds)
        while True:
            due = sorted((t.due_at, t.id) for t in self.state.timers.values() if self._moment(t.due_at) <= self.now)
            if not due:
                return
            assert self.do(lambda e, timer=due[0][1]: e.fire_timer(timer))

    @staticmethod
    def _moment(text: str) -> datetime:
        return datetime.fromisoformat(text)

    def message(self, name: str, correlation: Any = None, **variables: Any) -> bool:
        return bool(self.do(lambda e: e.deliver_message(name, correlation, variables)))

    def signal(self, name: str, **variables: Any) -> bool:
        return bool(self.do(lambda e: e.deliver_signal(name, variables)))

    @property
    def trace(self) -> list[Any]:
        return list(self.state.variables["jejak"])

    @property
    def ready(self) -> list[str]:
        return sorted(task.element_id for task in self.state.tasks().values() if task.kind == "user")

    @property
    def completed(self) -> bool:
        return self.state.status == "completed"

    @property
    def visited(self) -> list[str]:
        """Flow nodes in the order in which they were entered."""
        return [str(event.element_id) for event in self.events if event.type == "element_entered"]

    @property
    def types(self) -> list[str]:
        return [event.type for event in self.events]

    @property
    def incidents(self) -> list[tuple[str, str]]:
        return [(incident.element_id, incident.code) for incident in self.state.incidents()]
