"""Catching events: what waits (timers, messages, signals, conditions). What happens when it comes: `triggering.py`."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from engine.diagram.model import Node
from engine.durations import MomentOutOfRange, TimeExpressionRefused, parse_timer
from engine.model import ArmedTimer, Subscription
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Catch, Element
from engine.spiff.script_env import as_text

Watch = tuple[str, str, dict[str, Any]]  # event type, element id, data: evaluated, not yet recorded


def prepare(
    machine: Machine, owner: str, catches: Iterable[Catch], variables: Mapping[str, Any], host: Node | None
) -> list[Watch]:
    """Evaluates what `catches` wait for. `host`: the activity whose calendar their timers run in; None = their own.

    Raises:
        StepFailed: a timer or correlation cannot be computed.
    """
    found: list[Watch] = []
    for catch in catches:
        if catch.kind == "timer":
            watch = _timer(machine, owner, catch, variables, host)
            if watch is not None:
                found.append(watch)
        elif catch.kind in ("message", "signal", "conditional"):
            found.append(_subscription(machine, owner, catch, variables))
    return found


def _timer(machine: Machine, owner: str, catch: Catch, variables: Mapping[str, Any], host: Node | None) -> Watch | None:
    due = due_at(machine, catch, host or catch.node, machine.now, 0, variables)
    if due is None:
        return None
    data: dict[str, Any] = {
        "timer": f"{owner}:{catch.watch}", "token": owner, "kind": catch.family, "due_at": machine.at(due),
        "calendar_version": machine.timing.calendar_version,
    }  # fmt: skip
    if catch.timer_kind == "cycle":
        data["armed_at"] = machine.at(machine.now)
    return "timer_armed", catch.element, data


def due_at(
    machine: Machine, catch: Catch, node: Node, armed_at: datetime, fired: int, variables: Mapping[str, Any]
) -> datetime | None:
    """When a timer that was armed at `armed_at` and has fired `fired` times fires next, or None.

    Raises:
        StepFailed: its expression or its arithmetic fails.
    """
    timer = catch.timer
    try:
        if timer is None:
            assert catch.timer_formula is not None
            timer = parse_timer(catch.timer_kind, str(machine.evaluate(catch.timer_formula, variables)))
        return machine.timing.timer_due(node, timer, armed_at, fired)
    except (TimeExpressionRefused, MomentOutOfRange) as refusal:
        raise StepFailed("timer_failed", refusal.detail) from refusal


def _subscription(machine: Machine, owner: str, catch: Catch, variables: Mapping[str, Any]) -> Watch:
    data: dict[str, Any] = {"subscription": f"{owner}:{catch.watch}", "token": owner, "kind": catch.kind}
    if catch.name is not None:
        data["name"] = catch.name
    if catch.correlation is not None:
        value = machine.evaluate(catch.correlation, variables)
        if value is None:
            raise StepFailed(
                "correlation_missing",
                f"Expected '{catch.correlation.text}' to give the correlation value of message '{catch.name}', "
                "but it gave null.",
            )
        data["correlation"] = as_text(value)
    if catch.family == "event_subprocess":
        data["scoped"] = True
    return "subscription_opened", catch.element, data


def arm(machine: Machine, watches: Iterable[Watch]) -> None:
    """Records prepared timers and subscriptions."""
    for type_, element_id, data in watches:
        machine.record(type_, element_id, **data)
        if data["kind"] == "conditional":
            machine.conditions_stale = True


def wait(machine: Machine, token_id: str, element: Element) -> None:
    """An intermediate catch event or receive task: waits."""
    own = prepare(machine, token_id, element.catches, machine.context(token_id), element.node)
    if machine.state.tokens[token_id].instance is None and element.boundary:
        own += prepare(machine, token_id, element.boundary, machine.context(token_id), element.node)
    opens = {"opens": {"container": True}} if element.outputs and token_id not in machine.state.scopes else {}
    machine.enter(token_id, element, phase="wait", **opens)
    arm(machine, own)


def catch_behind(machine: Machine, watch: ArmedTimer | Subscription) -> Catch:
    """The event definition that a timer or subscription stands for."""
    scoped = watch.kind == "event_subprocess" if isinstance(watch, ArmedTimer) else watch.scoped
    scope_id = watch.token if scoped else machine.state.tokens[watch.token].scope
    catches = machine.program_in(scope_id).elements[watch.element_id].catches
    suffix = watch.id.partition(":")[2]
    return next(catch for catch in catches if catch.watch == suffix)


def scope_of(machine: Machine, watch: ArmedTimer | Subscription, catch: Catch) -> str:
    """The scope that takes the data of an event: the one in which the work goes on."""
    if catch.family == "event_subprocess":
        return watch.token
    if catch.family == "boundary":
        return machine.state.tokens[watch.token].scope
    return machine.state.inside(watch.token)


def keeps_waiting(catch: Catch) -> bool:
    """Whether the event can come again: non-interrupting ones stay armed."""
    return catch.family != "catch" and not catch.interrupting
