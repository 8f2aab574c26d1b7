"""The fold: how each event changes the state. The only code that changes a `State`.

Deterministic, without clock, diagram or expressions: everything it needs stands in the event. Each handler costs what
the change costs, not what the instance has grown to. Types without a handler are facts that change nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any

from engine.events import Event
from engine.model import ROOT, ArmedTimer, Scope, State, Subscription, Token

_Handler = Callable[[State, str | None, dict[str, Any]], None]
_HANDLERS: dict[str, _Handler] = {}


def apply(state: State, event: Event) -> None:
    """Changes `state` by one event."""
    handler = _HANDLERS.get(event.type)
    if handler is not None:
        handler(state, event.element_id, event.data)


def fold(events: Iterable[Event]) -> State:
    """The state after `events`, from nothing."""
    state = State()
    for event in events:
        apply(state, event)
    return state


def _on(*types: str) -> Callable[[_Handler], _Handler]:
    def register(handler: _Handler) -> _Handler:
        for type_ in types:
            _HANDLERS[type_] = handler
        return handler

    return register


def _write(state: State, scope_id: str, values: dict[str, Any], exact: bool = False) -> None:
    for name, value in values.items():
        home = scope_id if exact else state.home(scope_id, name)
        state.scopes[home].variables[name] = value


# --- the instance -----------------------------------------------------------------------------------------------------


@_on("instance_started")
def _instance_started(state: State, _element: str | None, data: dict[str, Any]) -> None:
    state.status = "running"
    state.scopes[ROOT] = Scope(None, container=True, isolated=True, variables=dict(data.get("variables") or {}))


def _end(state: State, status: str) -> None:
    state.status = status
    root = state.scopes[ROOT]
    state.tokens.clear()
    state.timers.clear()
    state.watching.clear()
    state.scopes = {ROOT: root}
    root.tokens.clear()
    root.watches.clear()
    root.done = None


@_on("instance_completed")
def _instance_completed(state: State, _element: str | None, _data: dict[str, Any]) -> None:
    _end(state, "completed")


@_on("instance_cancelled")
def _instance_cancelled(state: State, _element: str | None, _data: dict[str, Any]) -> None:
    _end(state, "cancelled")


@_on("instance_suspended")
def _instance_suspended(state: State, _element: str | None, _data: dict[str, Any]) -> None:
    state.status = "suspended"


@_on("instance_resumed")
def _instance_resumed(state: State, _element: str | None, _data: dict[str, Any]) -> None:
    state.status = "running"
    _settle_status(state)


def _settle_status(state: State) -> None:
    if state.status in ("running", "incident"):
        state.status = "incident" if any(token.incident for token in state.tokens.values()) else "running"


@_on("instance_migrated")
def _instance_migrated(state: State, _element: str | None, data: dict[str, Any]) -> None:
    names: dict[str | None, str] = data["elements"]
    for token in state.tokens.values():
        if state.scopes[token.scope].process is None:
            token.element = names.get(token.element, token.element)
            token.flow = names.get(token.flow, token.flow)
    for timer in state.timers.values():
        timer.element_id = names.get(timer.element_id, timer.element_id)
    for scope in state.scopes.values():
        if scope.process is None:
            scope.plan = names.get(scope.plan, scope.plan)
            scope.done = scope.done and _renamed(scope.done, names)


def _renamed(records: list[list[Any]], names: dict[str | None, str]) -> list[list[Any]]:
    return [
        [names.get(element, element), inner and _renamed(inner, names), variables]
        for element, inner, variables in records
    ]


# --- tokens -----------------------------------------------------------------------------------------------------------


@_on("flow_taken")
def _flow_taken(state: State, element: str | None, data: dict[str, Any]) -> None:
    _put(state, data["token"], Token(data["target"], data.get("scope", ROOT), "flow", flow=element))


def _put(state: State, key: str, token: Token) -> None:
    state.put_token(key, token)
    state.next = max(state.next, int(key) + 1)


@_on("element_entered", "element_activated", "instances_started")
def _element_entered(state: State, element: str | None, data: dict[str, Any]) -> None:
    for joined in data.get("joined", ()):
        _remove(state, joined)
    key = data["token"]
    token = state.tokens.get(key)
    if token is None:
        token = Token(str(element), data.get("scope", ROOT), "run")
        _put(state, key, token)
    token.flow = None
    token.phase = data.get("phase", "run")
    token.opened_at, token.due_at, token.remind_at = data.get("opened_at"), data.get("due_at"), data.get("remind_at")
    if "work" in data:
        token.work = {**(token.work or {}), **data["work"]}
    if "instance" in data:
        token.instance = data["instance"]
        loop = state.scopes[token.scope].loop
        if loop is not None:
            loop["started"] = data["instance"] + 1
    opens = data.get("opens")
    if opens is not None:
        _open_scope(state, key, token.scope, opens)


def _open_scope(state: State, key: str, parent: str, opens: dict[str, Any]) -> None:
    process = opens.get("process")
    state.scopes[key] = Scope(
        parent,
        plan=opens.get("plan"),
        process=process if process is not None else state.scopes[parent].process,
        variables=dict(opens.get("variables") or {}),
        container=opens.get("container", False),
        isolated=process is not None,
        loop=None if opens.get("loop") is None else {**opens["loop"], "started": 0, "done": 0, "outputs": []},
        done=opens.get("done"),
    )


@_on("element_completed", "instances_completed")
def _element_completed(state: State, element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    scope = state.scopes[token.scope]
    record = data.get("compensable")
    if record is not None:
        own = state.scopes.get(data["token"])
        inner = own.done if own is not None and own.loop is None else None
        scope.done = [*(scope.done or ()), [element, inner, record]]
    elif data.get("keeps"):  # a loop body hands the records of its instances on to the scope around it
        scope.done = [*(scope.done or ()), *(state.scopes[data["token"]].done or ())]
    if token.instance is not None and scope.loop is not None:
        scope.loop["done"] += 1
        if "output" in data:
            outputs = scope.loop["outputs"]
            outputs.extend([None] * (token.instance + 1 - len(outputs)))
            outputs[token.instance] = data["output"]
    _remove(state, data["token"])


@_on("element_cancelled", "flow_cancelled", "instances_cancelled")
def _token_cancelled(state: State, _element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    scope = state.scopes[token.scope]
    if token.instance is not None and scope.loop is not None:
        scope.loop["terminated"] = scope.loop.get("terminated", 0) + 1
    _remove(state, data["token"])


def _remove(state: State, key: str) -> None:
    token = state.tokens.pop(key)
    state.scopes[token.scope].tokens.pop(key, None)
    _unwatch(state, token)
    scope = state.scopes.pop(key, None)
    if scope is not None:
        _unwatch(state, scope)
    if token.incident:
        _settle_status(state)


def _unwatch(state: State, owner: Token | Scope) -> None:
    for watch in owner.watches:
        state.timers.pop(watch, None)
        state.watching.pop(watch, None)
    owner.watches.clear()


@_on("scope_interrupted")
def _scope_interrupted(state: State, _element: str | None, data: dict[str, Any]) -> None:
    scope = state.scopes[data.get("scope", ROOT)]
    scope.interrupted = True
    _unwatch(state, scope)


# --- tasks and jobs ---------------------------------------------------------------------------------------------------


@_on("task_completed", "job_completed")
def _task_completed(state: State, _element: str | None, data: dict[str, Any]) -> None:
    key = data["token"]
    token = state.tokens[key]
    _write(state, state.inside(key), data.get("data") or {})
    token.phase = "leave"
    _unwatch(state, token)


@_on("task_claimed", "task_assigned", "task_delegated")
def _task_assigned(state: State, _element: str | None, data: dict[str, Any]) -> None:
    state.tokens[data["token"]].assignee = data.get("assignee")


@_on("task_unclaimed")
def _task_unclaimed(state: State, _element: str | None, data: dict[str, Any]) -> None:
    state.tokens[data["token"]].assignee = None


@_on("task_overdue")
def _task_overdue(state: State, _element: str | None, data: dict[str, Any]) -> None:
    state.tokens[data["token"]].overdue = True


@_on("task_rescheduled")
def _task_rescheduled(state: State, _element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    token.due_at, token.remind_at = data.get("due_at"), data.get("remind_at")


@_on("job_failed", "compensation_continued")
def _work_changed(state: State, _element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    token.work = {**(token.work or {}), **data["work"]}


@_on("compensation_started")
def _compensation_started(state: State, _element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    token.phase, token.work = "undo", data["work"]
    state.scopes[data.get("scope", ROOT)].done = data.get("kept")


# --- timers, messages, signals, conditions ----------------------------------------------------------------------------


@_on("timer_armed")
def _timer_armed(state: State, element: str | None, data: dict[str, Any]) -> None:
    state.put_timer(
        ArmedTimer(
            data["timer"],
            data["token"],
            str(element),
            data["kind"],
            data["due_at"],
            data.get("calendar_version"),
            data.get("armed_at"),
        )
    )


@_on("timer_fired")
def _timer_fired(state: State, _element: str | None, data: dict[str, Any]) -> None:
    timer = state.timers[data["timer"]]
    if data.get("next_due_at") is None:
        _drop(state, timer)
    else:
        timer.due_at = data["next_due_at"]
        timer.fired += 1


@_on("timer_cancelled")
def _timer_cancelled(state: State, _element: str | None, data: dict[str, Any]) -> None:
    _drop(state, state.timers[data["timer"]])


def _drop(state: State, watch: ArmedTimer | Subscription) -> None:
    scoped = watch.kind == "event_subprocess" if isinstance(watch, ArmedTimer) else watch.scoped
    owner: Token | Scope = state.scopes[watch.token] if scoped else state.tokens[watch.token]
    owner.watches.remove(watch.id)
    state.timers.pop(watch.id, None)
    state.watching.pop(watch.id, None)


@_on("timer_rescheduled")
def _timer_rescheduled(state: State, _element: str | None, data: dict[str, Any]) -> None:
    timer = state.timers[data["timer"]]
    timer.due_at, timer.calendar_version = data["due_at"], data.get("calendar_version")


@_on("subscription_opened")
def _subscription_opened(state: State, element: str | None, data: dict[str, Any]) -> None:
    state.put_subscription(
        Subscription(
            data["subscription"],
            data["token"],
            str(element),
            data["kind"],
            data.get("name"),
            data.get("correlation"),
            data.get("scoped", False),
        )
    )


@_on("message_received", "signal_received", "condition_met")
def _event_received(state: State, _element: str | None, data: dict[str, Any]) -> None:
    _write(state, data.get("scope", ROOT), data.get("variables") or {})
    watch = state.watching.get(data.get("subscription", ""))
    if watch is not None:
        watch.met = watch.kind == "conditional"
        if not data.get("keeps"):
            _drop(state, watch)


@_on("condition_unmet")
def _condition_unmet(state: State, _element: str | None, data: dict[str, Any]) -> None:
    state.watching[data["subscription"]].met = False


@_on("subscription_closed")
def _subscription_closed(state: State, _element: str | None, data: dict[str, Any]) -> None:
    _drop(state, state.watching[data["subscription"]])


# --- variables and incidents ------------------------------------------------------------------------------------------


@_on("variables_changed")
def _variables_changed(state: State, _element: str | None, data: dict[str, Any]) -> None:
    _write(state, data.get("scope", ROOT), data["variables"], data.get("local", False))


@_on("incident_raised")
def _incident_raised(state: State, _element: str | None, data: dict[str, Any]) -> None:
    key = data["token"]
    token = state.tokens[key]
    token.incident = [data["code"], data["message"]]
    token.phase = data["phase"]
    if token.phase == "leave":
        _unwatch(state, token)
        scope = state.scopes.get(key)
        if scope is not None:
            _unwatch(state, scope)
    if state.status == "running":
        state.status = "incident"


@_on("incident_resolved")
def _incident_resolved(state: State, _element: str | None, data: dict[str, Any]) -> None:
    token = state.tokens[data["token"]]
    token.incident = None
    if data.get("work") is not None:
        token.work = data["work"]
    _settle_status(state)
