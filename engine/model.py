"""The runtime state of one instance: tokens, scopes with their variables, timers and subscriptions.

Owns the values and their compact text. Plain and mutable, but only `engine/history/apply.py` changes it; everybody
else reads. Knows no diagram: what stands here is all that is needed to fold a history.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ROOT = "0"  # the process scope: it holds the instance's business variables
WORKING = frozenset({"running", "incident"})
UNENDED = ("running", "incident", "suspended")  # on their way, moving or not


def pinned(process: str) -> tuple[str, int | None]:
    """Key and version of a process as events name it: `key@version`, or the key alone."""
    key, _, version = process.partition("@")
    return key, int(version) if version else None


@dataclass(slots=True)
class Token:
    """Where work stands: on a sequence flow, waiting at a join, or inside an element.

    Attributes:
        phase: "flow" (not entered yet, or waiting at a join), "run" (entered, work not done), "task", "job", "wait"
            (for events), "host" (its own scope is running), "undo" (waits for compensation), "leave" (work done).
        flow: the sequence flow it stands on while in phase "flow".
        incident: code, message and the phase to retry from.
        work: what is left to do, for throwing compensation and jobs.
        instance: index of a multi-instance or loop instance, None for ordinary elements.
        watches: ids of its timers and subscriptions.
    """

    element: str
    scope: str
    phase: str
    flow: str | None = None
    opened_at: str | None = None
    due_at: str | None = None
    remind_at: str | None = None
    assignee: int | None = None  # row id of the person
    overdue: bool = False
    incident: list[str] | None = None
    work: dict[str, Any] | None = None
    instance: int | None = None
    watches: list[str] = field(default_factory=list, compare=False)

    def row(self) -> list[Any]:
        """Its JSON form: the fields in order, trailing empty ones left out."""
        row = [
            self.element, self.scope, self.phase, self.flow, self.opened_at, self.due_at, self.remind_at,
            self.assignee, self.overdue or None, self.incident, self.work, self.instance,
        ]  # fmt: skip
        while row[-1] is None:
            row.pop()
        return row


@dataclass(slots=True)
class Scope:
    """A running process, subprocess, call, loop or activity with local variables. Its id is that of its host token.

    Attributes:
        plan: id of the subprocess it runs; None for a process, a loop body or an activity's local variables.
        process: key of the called program whose elements it contains; None for the instance's own.
        container: new variables written inside stay here; otherwise they go to the next container outside.
        isolated: what lies outside is not visible (a process).
        interrupted: an interrupting event subprocess runs; no other may start.
        loop: counters of a multi-instance or loop body.
        done: completed activities that can be compensated, oldest first.
    """

    parent: str | None
    plan: str | None = None
    process: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    container: bool = False
    isolated: bool = False
    interrupted: bool = False
    loop: dict[str, Any] | None = None
    done: list[list[Any]] | None = None
    tokens: dict[str, None] = field(default_factory=dict, compare=False)
    watches: list[str] = field(default_factory=list, compare=False)

    def row(self) -> list[Any]:
        """Its JSON form: the fields in order, trailing empty ones left out."""
        row = [
            self.variables, self.parent, self.plan, self.process, self.container or None, self.isolated or None,
            self.interrupted or None, self.loop, self.done,
        ]  # fmt: skip
        while row[-1] is None:
            row.pop()
        return row


@dataclass(slots=True)
class ArmedTimer:
    """A timer that waits. `token` is its owner: a token, or a scope for an event subprocess; times are ISO UTC.

    Attributes:
        kind: "boundary", "catch", "event_subprocess", "reminder" or "due".
        armed_at: when a repeating timer was armed first; None for others.
        fired: how often it has fired.
    """

    id: str
    token: str
    element_id: str
    kind: str
    due_at: str
    calendar_version: int | str | None = None
    armed_at: str | None = None
    fired: int = 0


@dataclass(slots=True)
class Subscription:
    """An event waited for. `token` is its owner: a token, or with `scoped` a scope (event subprocess).

    `met`: a condition that was last seen true.
    """

    id: str
    token: str
    element_id: str
    kind: str  # message, signal, conditional
    name: str | None = None
    correlation: str | None = None
    scoped: bool = False
    met: bool = False


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Work that waits for a person (`kind` "user") or an external worker ("job"); times are ISO UTC."""

    token: str
    element_id: str
    kind: str
    assignee: int | None
    opened_at: str
    due_at: str | None
    remind_at: str | None
    overdue: bool
    process: str | None
    scope: str
    work: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """A token that cannot go on until somebody acts."""

    token: str
    element_id: str
    code: str
    message: str


@dataclass(slots=True)
class State:
    """The state of one instance. `next` is the number of the next token."""

    status: str = "new"
    next: int = 1
    tokens: dict[str, Token] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    timers: dict[str, ArmedTimer] = field(default_factory=dict)
    watching: dict[str, Subscription] = field(default_factory=dict)

    @property
    def variables(self) -> dict[str, Any]:
        """The business variables: those of the process scope."""
        return self.scopes[ROOT].variables if self.scopes else {}

    def tasks(self) -> dict[str, OpenTask]:
        """Open user tasks and jobs by token, oldest first."""
        kinds = {"task": "user", "job": "job"}
        return {
            key: OpenTask(
                key, token.element, kinds[token.phase], token.assignee, token.opened_at or "", token.due_at,
                token.remind_at, token.overdue, self.scopes[token.scope].process, token.scope, token.work,
            )
            for key, token in self.tokens.items()
            if token.phase in kinds
        }  # fmt: skip

    def subscriptions(self) -> list[dict[str, Any]]:
        """Messages and signals waited for: token, kind, name, correlation."""
        return [
            {"token": watch.token, "kind": watch.kind, "name": watch.name, "correlation": watch.correlation}
            for watch in self.watching.values()
            if watch.kind != "conditional"
        ]

    def incidents(self) -> list[Incident]:
        """Tokens with an incident, oldest first."""
        return [
            Incident(key, token.element, token.incident[0], token.incident[1])
            for key, token in self.tokens.items()
            if token.incident
        ]

    def active_elements(self) -> list[str]:
        """Ids of the elements where tokens stand, in token order, each once."""
        return list(dict.fromkeys(token.element for token in self.tokens.values()))

    def next_due_at(self) -> datetime | None:
        """The moment of the first armed timer (aware UTC), or None."""
        first = min((timer.due_at for timer in self.timers.values()), default=None)
        return None if first is None else datetime.fromisoformat(first)

    def wakes_at(self) -> datetime | None:
        """When workers must look at the instance (aware UTC); never while it is suspended or has ended."""
        return self.next_due_at() if self.status in WORKING else None

    def visible(self, scope_id: str) -> dict[str, Any]:
        """The variables an expression in this scope sees: inner ones hide outer ones. Not to be changed."""
        scope = self.scopes[scope_id]
        if scope.isolated:
            return scope.variables
        chain = list(self.enclosing(scope_id))
        merged: dict[str, Any] = {}
        for key in reversed(chain):
            merged.update(self.scopes[key].variables)
        return merged

    def enclosing(self, scope_id: str) -> Iterator[str]:
        """The scope and those around it, up to and with the process it belongs to."""
        key: str | None = scope_id
        while key is not None:
            yield key
            scope = self.scopes[key]
            key = None if scope.isolated else scope.parent

    def home(self, scope_id: str, name: str) -> str:
        """The scope where writing `name` from inside `scope_id` goes: where it is defined, else the next container."""
        container = None
        for key in self.enclosing(scope_id):
            scope = self.scopes[key]
            if name in scope.variables:
                return key
            if container is None and scope.container:
                container = key
        return container or ROOT

    def inside(self, token_id: str) -> str:
        """The scope in which a token's own expressions run: its local one if it has any."""
        return token_id if token_id in self.scopes and token_id != ROOT else self.tokens[token_id].scope

    def to_json(self) -> str:
        """Compact text; the same state always gives the same text."""
        rows = {
            "s": self.status,
            "n": self.next,
            "t": {key: token.row() for key, token in self.tokens.items()},
            "c": {key: scope.row() for key, scope in self.scopes.items()},
        }
        if self.timers:
            rows["w"] = [
                [t.id, t.token, t.element_id, t.kind, t.due_at, t.calendar_version, t.armed_at, t.fired]
                for t in self.timers.values()
            ]
        if self.watching:
            rows["m"] = [
                [s.id, s.token, s.element_id, s.kind, s.name, s.correlation, s.scoped, s.met]
                for s in self.watching.values()
            ]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "State":
        """The state from its text."""
        rows = json.loads(text)
        state = cls(rows["s"], rows["n"])
        for key, row in rows["c"].items():
            state.scopes[key] = _scope(row)
        for key, row in rows["t"].items():
            state.put_token(key, _token(row))
        for row in rows.get("w", ()):
            state.put_timer(ArmedTimer(*row))
        for row in rows.get("m", ()):
            state.put_subscription(Subscription(*row))
        return state

    def put_token(self, key: str, token: Token) -> None:
        """Adds a token to its scope."""
        self.tokens[key] = token
        self.scopes[token.scope].tokens[key] = None

    def put_timer(self, timer: ArmedTimer) -> None:
        """Adds a timer to its owner."""
        self.timers[timer.id] = timer
        self._owner(timer.token, timer.kind == "event_subprocess").watches.append(timer.id)

    def put_subscription(self, watch: Subscription) -> None:
        """Adds a subscription to its owner."""
        self.watching[watch.id] = watch
        self._owner(watch.token, watch.scoped).watches.append(watch.id)

    def _owner(self, key: str, scope: bool) -> Token | Scope:
        return self.scopes[key] if scope else self.tokens[key]


def _token(row: list[Any]) -> Token:
    token = Token(*row)
    token.overdue = bool(token.overdue)
    return token


def _scope(row: list[Any]) -> Scope:
    variables, *rest = row
    parent, plan, process, *more = rest + [None] * (3 - len(rest))
    scope = Scope(parent, plan, process, variables, *more)
    scope.container, scope.isolated = bool(scope.container), bool(scope.isolated)
    scope.interrupted = bool(scope.interrupted)
    return scope
