"""Execution of one instance: what a command may ask of the token loop. Each call moves tokens until everything waits.

Owns the entry points and the table of behaviours. Reads no clock, stores nothing, knows no people.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from engine.errors import NotFound, WrongState
from engine.model import ROOT, WORKING, State, Token
from engine.spiff import (
    catching,
    change,
    compensation,
    gateways,
    loops,
    scopes,
    starting,
    tasks,
    throwing,
    timers,
    triggering,
)
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Behaviour, Machine, Timing
from engine.spiff.program import Decide, Program
from engine.spiff.script_env import as_text

MAX_TOKENS = 5_000
BEHAVIOURS: Mapping[str, Behaviour] = {
    "start": gateways.pass_through,
    "pass": gateways.pass_through,
    "exclusive": gateways.pass_through,
    "parallel": gateways.parallel,
    "inclusive": gateways.inclusive,
    "event_based": gateways.wait_for_event,
    "task": tasks.open_task,
    "job": tasks.open_job,
    "script": tasks.run_script,
    "rule": tasks.decide,
    "send": tasks.send,
    "catch": catching.wait,
    "throw": throwing.throw_event,
    "link": throwing.follow_link,
    "end": throwing.end_event,
    "subprocess": scopes.open_subprocess,
    "event_subprocess": scopes.event_subprocess,
    "call": scopes.call,
    "loop": loops.start_loop,
    "instance_done": loops.instance_done,
    "scope_done": scopes.scope_done,
    "loop_emptied": loops.finish_body,
    "undone": compensation.undone,
}


class Execution(Machine):
    """One command's work on one instance. `events` are those emitted so far, each already applied to `state`.

    Args:
        now: the command's moment, aware UTC.
        timing: how deadlines and timers are reckoned.
        resolve: the program of a process that a call activity names and this file does not hold.
        limit: automatic steps before an endless loop is stopped with an incident.
        decide: the value of a decision by its key, for business rule tasks.
    """

    def __init__(
        self, program: Program, state: State, *, now: datetime, timing: Timing,
        resolve: Callable[[str], Program] | None = None, limit: int = 10_000,
        decide: Decide | None = None,
    ) -> None:  # fmt: skip
        super().__init__(program, state, now=now, timing=timing, resolve=resolve, decide=decide, table=BEHAVIOURS)
        self._limit = limit
        self._steps = 0

    def start(self, variables: Mapping[str, Any], start_event: str | None = None, **facts: Any) -> None:
        """Starts the instance at the none start event, or at `start_event`. `facts` go into the first entry.

        Raises:
            InvalidInput: there is no such start, or several and none was named.
        """
        starting.start(self, variables, start_event, facts)
        self._run()

    def complete_task(self, token: str, values: Mapping[str, Any]) -> None:
        """Completes an open task with its values. Raises NotFound, WrongState."""
        self._open(token, "task")
        self.record("task_completed", self.state.tokens[token].element, token=token, data=dict(values))
        self._leave_and_run(token)

    def complete_job(self, token: str, values: Mapping[str, Any]) -> None:
        """Completes a job with its results. Raises NotFound, WrongState."""
        self._open(token, "job")
        values = dict(values)
        name = self.element(token).node.result_variable
        if name and name not in values:
            values = {name: values}
        self.record("job_completed", self.state.tokens[token].element, token=token, data=values)
        self._leave_and_run(token)

    def fail_job(self, token: str, message: str, retries: int | None = None) -> None:
        """A worker could not do a job; without retries left it becomes an incident. Raises NotFound, WrongState."""
        held = self._open(token, "job")
        left = max(0, (held.work or {}).get("retries", 1) - 1 if retries is None else retries)
        self.record("job_failed", held.element, token=token, message=message, work={"retries": left})
        if left == 0:
            self.raise_incident(token, StepFailed("job_failed", message), "job")

    def throw_error(self, token: str, code: str, message: str = "") -> None:
        """The work of a task or job ends in a BPMN error. Raises NotFound, WrongState."""
        self._open(token, "task", "job")
        throwing.throw_error(self, token, code, message)
        self._run()

    def fire_timer(self, timer_id: str) -> bool:
        """Fires an armed timer, due or not (the caller looks at the clock). False if it is armed no more."""
        if self.state.status not in WORKING or timer_id not in self.state.timers:
            return False
        timers.fire(self, timer_id)
        self._run()
        return True

    def deliver_message(self, name: str, correlation: Any, variables: Mapping[str, Any]) -> bool:
        """Gives a message to exactly one waiting event. False if none waits for it.

        An event that awaits a correlation value takes only that one; an event without takes any.
        """
        if self.state.status not in WORKING:
            return False
        value = None if correlation is None else as_text(correlation)
        waiting = [watch for watch in self.state.watching.values() if watch.kind == "message" and watch.name == name]
        exact = [watch for watch in waiting if watch.correlation is not None and watch.correlation == value]
        chosen = next(iter(exact), None) or next((watch for watch in waiting if watch.correlation is None), None)
        if chosen is None:
            return False
        catch = catching.catch_behind(self, chosen)
        more = {} if value is None else {"correlation": value}
        triggering.receive(self, chosen, catch, "message_received", name, dict(variables), **more)
        self._run()
        return True

    def deliver_signal(self, name: str, variables: Mapping[str, Any]) -> bool:
        """Gives a signal to everything that waits for it. False if nothing does."""
        if self.state.status not in WORKING or not throwing.receive_signal(self, name, dict(variables)):
            return False
        self._run()
        return True

    def retry(self, token: str) -> None:
        """Lets a token with an incident try again from where it failed. Raises NotFound, WrongState."""
        held = self.state.tokens.get(token)
        if held is None or held.incident is None:
            raise NotFound(f"Expected a token '{token}' with an incident, but there is none.")
        self._working()
        work = {"work": {**(held.work or {}), "retries": tasks.JOB_RETRIES}} if held.phase == "job" else {}
        self.record("incident_resolved", held.element, token=token, **work)
        if held.phase == "undo":
            compensation.proceed(self, token)
        else:
            self.ready.append(token)
        self._run()

    def cancel(self, reason: str) -> None:
        """Cancels everything that is open and ends the instance. Raises WrongState."""
        if self.state.status in ("completed", "cancelled", "new"):
            raise WrongState(f"Expected a running instance, but it is {self.state.status}.")
        self.cancel_inside(ROOT)
        self.record("instance_cancelled", reason=reason)

    def modify(
        self, activate: Sequence[str] = (), cancel: Sequence[str] = (), variables: Mapping[str, Any] | None = None
    ) -> None:
        """Moves work by hand: sets variables, cancels tokens, starts elements. The command records who and why.

        Raises:
            NotFound, InvalidInput, WrongState: it cannot be done as asked; nothing may be stored then.
        """
        self._working()
        change.modify(self, activate, cancel, variables or {})
        self._run()

    def migrate(self, program: Program, mapping: Mapping[str, str], **facts: Any) -> None:
        """Moves the instance to another version; `mapping` renames elements (and flows, for tokens at joins).

        The first event is `instance_migrated` with the mapping and `facts`.

        Raises:
            InvalidInput: something open has no place there; `errors` names all of it.
        """
        change.migrate(self, program, mapping, facts)
        self._run()

    def assignee_of(self, token: str) -> Any:
        """The user name that an open task's assignment expression gives; None without one. Raises StepFailed."""
        wanted = self.element(token).assignee
        return None if wanted is None else self.evaluate(wanted, self.context(token))

    def recompute(self) -> None:
        """Reckons the open deadlines and timers anew, after the calendar has changed; the past stays as it was."""
        timers.recompute(self)

    def _working(self) -> None:
        if self.state.status not in WORKING:
            raise WrongState(f"Expected a running instance, but it is {self.state.status}.")

    def _open(self, token: str, *phases: str) -> Token:
        self._working()
        held = self.state.tokens.get(token)
        if held is None or held.phase not in phases:
            raise NotFound(f"Expected open work at token '{token}', but it is done, cancelled or never was.")
        if held.incident is not None:
            raise WrongState(f"Expected work without an incident at token '{token}', but it has one; retry first.")
        return held

    def _leave_and_run(self, token: str) -> None:
        self.leave(token)
        self._run()

    def _run(self) -> None:
        """Moves tokens until everything waits. Endless automatic loops end in an incident after the limit."""
        self._check_conditions()
        while True:
            while self.ready:
                token_id = self.ready.popleft()
                token = self.state.tokens.get(token_id)
                if token is not None and token.incident is None:
                    self._step(token_id, token)
            if not gateways.fire_inclusive_join(self):
                return

    def _step(self, token_id: str, token: Token) -> None:
        self._steps += 1
        exceeded = self._exceeded()
        if exceeded is not None:
            self.raise_incident(token_id, exceeded, token.phase)
            return
        if token.phase == "leave":
            self.leave(token_id)
        elif token.phase in ("flow", "run"):
            element = self.element(token_id)
            behaviour = "loop" if element.loop is not None and token.instance is None else element.behaviour
            try:
                self.table[behaviour](self, token_id, element)
            except StepFailed as failure:
                self.raise_incident(token_id, failure)
        self._check_conditions()

    def _exceeded(self) -> StepFailed | None:
        """Whether a diagram that runs away must be stopped here."""
        if self._steps > self._limit:
            message = f"Expected the instance to wait somewhere, but it made {self._limit} automatic steps in a row."
            return StepFailed("step_limit", message)
        if len(self.state.tokens) > MAX_TOKENS:
            message = f"Expected at most {MAX_TOKENS} tokens in one instance, but its flows make ever more of them."
            return StepFailed("too_many_tokens", message)
        return None

    def _check_conditions(self) -> None:
        if self.conditions_stale:
            if self.state.watching:
                triggering.check_conditions(self)
            self.conditions_stale = False
