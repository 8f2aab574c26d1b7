"""The token machine: the moves every element is made of (enter, leave, take a flow, cancel, raise an incident).

Owns the queue of tokens that can go on and the recording of events. What the single elements do is in the files
beside this one; what a command may ask for is in `run.py`. Reads no clock: `now` is the command's moment.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from engine.diagram.model import Node
from engine.durations import ParsedTimer
from engine.errors import AlurError
from engine.events import Event
from engine.history.apply import apply
from engine.history.chain import moment
from engine.model import ROOT, State
from engine.spiff.failure import StepFailed
from engine.spiff.program import Decide, Element, Link, Plan, Program
from engine.spiff.script_env import Environment, Expression
from engine.working_calendar import WorkingCalendar

_WRITES = frozenset({
    "variables_changed", "task_completed", "job_completed", "message_received", "signal_received",
})  # fmt: skip
MAX_CALL_DEPTH = 20


class Deadline(Protocol):
    """When a task is due, when to remind, and by which calendar that was reckoned. Moments are aware UTC."""

    @property
    def due_at(self) -> datetime: ...
    @property
    def remind_at(self) -> datetime | None: ...


class Timing(Protocol):
    """What the loop asks about time. Implemented by `timing.py` over the agency's working calendar."""

    @property
    def calendar(self) -> WorkingCalendar: ...

    @property
    def calendar_version(self) -> int | str | None: ...

    def deadline(self, node: Node, opened_at: datetime) -> Deadline | None: ...

    def timer_due(self, node: Node, timer: ParsedTimer, armed_at: datetime, fired: int) -> datetime | None: ...


Behaviour = Callable[["Machine", str, Element], None]


class Machine:
    """Moves tokens over a program. `events` are those emitted so far, each already applied to `state`.

    `table` names what each behaviour does; `run.py` fills it.
    """

    def __init__(
        self, program: Program, state: State, *, now: datetime, timing: Timing,
        resolve: Callable[[str], Program] | None, decide: Decide | None,
        table: Mapping[str, "Behaviour"],
    ) -> None:  # fmt: skip
        self.table = table
        self.program = program
        self.state = state
        self.now = now
        self.timing = timing
        self.decide = decide
        self.events: list[Event] = []
        self.environment = Environment(now, timing.calendar)
        self._resolve = resolve
        self.ready: deque[str] = deque()
        self._programs: dict[str, Program] = {}
        self.conditions_stale = False

    # --- recording ----------------------------------------------------------------------------------------------------

    def record(self, type: str, element_id: str | None = None, **data: Any) -> None:
        """Emits one event and applies it to the state."""
        event = Event(type, element_id, data)
        self.events.append(event)
        apply(self.state, event)
        if type in _WRITES:
            self.conditions_stale = True

    def at(self, moment_: datetime) -> str:
        """A moment as events and state write it."""
        return moment(moment_)

    # --- looking up ---------------------------------------------------------------------------------------------------

    def program_in(self, scope_id: str) -> Program:
        """The program whose elements the tokens of a scope stand on."""
        scope = self.state.scopes[scope_id]
        if scope.process is None:
            return self.program
        found = self._programs.get(scope_id)
        if found is None:
            outer = self.program_in(scope.parent or ROOT)
            found = self.find(outer, scope.process) if scope.isolated else outer
            self._programs[scope_id] = found
        return found

    def find(self, caller: Program, key: str) -> Program:
        """The program that a call activity names.

        Raises:
            StepFailed: no such process is known.
        """
        sibling = caller.siblings.get(key)
        if sibling is not None:
            return sibling
        if self._resolve is not None:
            try:
                return self._resolve(key)
            except AlurError as refusal:
                raise StepFailed("called_process_missing", refusal.detail, process=key) from refusal
        raise StepFailed("called_process_missing", f"Expected a deployed process '{key}', but there is none.")

    def element(self, token_id: str) -> Element:
        """The element a token stands on or before."""
        token = self.state.tokens[token_id]
        return self.program_in(token.scope).elements[token.element]

    def plan(self, scope_id: str) -> Plan:
        """The plan a scope runs."""
        program = self.program_in(scope_id)
        plan = self.state.scopes[scope_id].plan
        return program.root if plan is None else program.plans[plan]

    def context(self, token_id: str) -> dict[str, Any]:
        """The variables that a token's expressions see."""
        return self.state.visible(self.state.inside(token_id))

    def evaluate(self, expression: Expression, variables: Mapping[str, Any]) -> Any:
        """The JSON value of an expression. Raises StepFailed."""
        return self.environment.evaluate(expression, variables)

    def holds(self, expression: Expression, variables: Mapping[str, Any]) -> bool:
        """Whether a condition is true. Raises StepFailed when it gives neither true nor false."""
        value = self.environment.evaluate(expression, variables)
        if value is True or value is False:
            return value
        raise StepFailed(
            "condition_not_boolean",
            f"Expected the condition '{expression.text}' to give true or false, but it gave {value!r}; "
            "check that every variable in it has a value.",
        )

    # --- moving -------------------------------------------------------------------------------------------------------

    def enter(self, token_id: str, element: Element, **data: Any) -> None:
        """Records that a token is in its element; with facts if it waits there."""
        if self.state.tokens[token_id].phase == "flow":
            self.record("element_entered", element.id, token=token_id, **data)
        elif data:
            self.record("element_activated", element.id, token=token_id, **data)

    def spawn(self, element_id: str, scope_id: str, **data: Any) -> str:
        """A new token inside an element that no flow leads to (start, boundary event, handler, instance)."""
        token_id = str(self.state.next)
        if scope_id != ROOT:
            data["scope"] = scope_id
        self.record("element_entered", element_id, token=token_id, **data)
        self.ready.append(token_id)
        return token_id

    def take(self, link: Link, scope_id: str) -> str:
        """A new token on a sequence flow."""
        token_id = str(self.state.next)
        if scope_id == ROOT:
            self.record("flow_taken", link.id, token=token_id, target=link.target)
        else:
            self.record("flow_taken", link.id, token=token_id, target=link.target, scope=scope_id)
        self.ready.append(token_id)
        return token_id

    def raise_incident(self, token_id: str, failure: StepFailed, phase: str = "run") -> None:
        """Stops a token visibly. `phase` is where a retry continues."""
        token = self.state.tokens[token_id]
        is_loop = self.element(token_id).loop is not None  # only its instances enter it
        if token.phase == "flow" and phase == "run" and not is_loop:
            self.record("element_entered", token.element, token=token_id)
        self.record(
            "incident_raised", token.element, token=token_id, code=failure.code, message=failure.message, phase=phase,
            **failure.facts,
        )  # fmt: skip

    def cancel_token(self, token_id: str) -> None:
        """Cancels a token and, inside out, everything its scope holds."""
        scope = self.state.scopes.get(token_id)
        if scope is not None:
            for inner in list(scope.tokens):
                self.cancel_token(inner)
        token = self.state.tokens[token_id]
        if token.phase == "flow":
            self.record("flow_cancelled", token.flow, token=token_id)
        else:
            is_body = scope is not None and scope.loop is not None
            self.record("instances_cancelled" if is_body else "element_cancelled", token.element, token=token_id)

    def cancel_inside(self, scope_id: str, but: Iterable[str] = ()) -> None:
        """Cancels every token of a scope, except those in `but`."""
        spared = set(but)
        for inner in list(self.state.scopes[scope_id].tokens):
            if inner not in spared:
                self.cancel_token(inner)

    # --- leaving ------------------------------------------------------------------------------------------------------

    def leave(self, token_id: str) -> None:
        """The work of a token is done: writes its outputs, chooses flows and takes them; an incident if it cannot."""
        element = self.element(token_id)
        token = self.state.tokens[token_id]
        try:
            if element.outputs and not self._is_body(token_id):
                variables = self.context(token_id)
                written = {name: self.evaluate(expression, variables) for name, expression in element.outputs}
                self.write(token.scope, written, element.id)
            if token.instance is not None:
                self.table["instance_done"](self, token_id, element)
            else:
                self.finish(token_id, element, self.choose(element, token_id))
        except StepFailed as failure:
            self.raise_incident(token_id, failure, "leave")

    def choose(self, element: Element, token_id: str) -> tuple[Link, ...]:
        """The flows a token takes out of its element. Raises StepFailed when there are some but none may be taken."""
        if not element.conditional:
            return element.links
        variables = self.state.visible(self.state.tokens[token_id].scope)
        only_first = element.behaviour == "exclusive"
        taken: list[Link] = []
        for link in element.links:
            if link is element.default or not (link.condition is None or self.holds(link.condition, variables)):
                continue
            taken.append(link)
            if only_first:
                break
        if not taken and element.default is not None:
            taken.append(element.default)
        if not taken:
            raise StepFailed(
                "no_flow_taken",
                f"Expected a true condition or a default flow out of '{element.id}', but every condition is false.",
            )
        return tuple(taken)

    def finish(self, token_id: str, element: Element, links: tuple[Link, ...], **data: Any) -> None:
        """Completes a token's element and takes `links`; without any the scope may be done."""
        token = self.state.tokens[token_id]
        if element.compensable:
            self._remember(token_id, data)
        type_ = "instances_completed" if self._is_body(token_id) else "element_completed"
        self.record(type_, element.id, token=token_id, **data)
        for link in links:
            self.take(link, token.scope)
        if token.work is not None and "undoes" in token.work:
            self.table["undone"](self, token.work["undoes"], element)
        elif not links:
            self.settle(token.scope)

    def settle(self, scope_id: str) -> None:
        """Completes a scope in which no token is left."""
        scope = self.state.scopes[scope_id]
        if scope.tokens or scope.loop is not None:
            return
        if scope_id == ROOT:
            self.record("instance_completed")
        else:
            self.table["scope_done"](self, scope_id, self.element(scope_id))

    def write(self, scope_id: str, variables: dict[str, Any], element_id: str | None, local: bool = False) -> None:
        """Records variables written from inside a scope; `local` keeps them in it."""
        if variables:
            where = {} if scope_id == ROOT else {"scope": scope_id}
            more = {"local": True} if local else {}
            self.record("variables_changed", element_id, **where, variables=variables, **more)

    def _is_body(self, token_id: str) -> bool:
        scope = self.state.scopes.get(token_id)
        return scope is not None and scope.loop is not None

    def _remember(self, token_id: str, data: dict[str, Any]) -> None:
        """Adds to a completion what its compensation will need: the local variables it ran with."""
        if self._is_body(token_id):
            data["keeps"] = True
            return
        variables: dict[str, Any] = {}
        chain = list(self.state.enclosing(self.state.inside(token_id)))
        for key in reversed(chain[:-1]):
            variables.update(self.state.scopes[key].variables)
        data["compensable"] = variables
