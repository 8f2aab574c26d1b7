"""What happens when an awaited event comes: interrupt, go on behind it, start an event subprocess.

Who catches an error or escalation is found in `throwing.py`.
"""

from collections.abc import Mapping
from typing import Any

from engine.model import ROOT, ArmedTimer, Subscription
from engine.spiff import catching, scopes
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Catch
from engine.spiff.script_env import Expression


def receive(
    machine: Machine, watch: Subscription, catch: Catch, type_: str, name: str, variables: dict[str, Any], **more: Any
) -> None:
    """Records a message or signal at the place that waits for it, with its data, and triggers."""
    scope_id = catching.scope_of(machine, watch, catch)
    where = {} if scope_id == ROOT else {"scope": scope_id}
    keeps = {"keeps": True} if catching.keeps_waiting(catch) and not catch.all_needed else {}
    machine.record(
        type_, catch.element, subscription=watch.id, name=name, **more, variables=variables, **where, **keeps
    )
    trigger(machine, watch.token, catch)


def trigger(machine: Machine, owner: str, catch: Catch) -> None:
    """The event has come and is recorded: interrupts and goes on behind it. Nothing yet if others are needed too."""
    if catch.all_needed and _still_waiting(machine, owner, catch):
        return
    if catch.family == "event_subprocess":
        scopes.start_event_subprocess(machine, owner, catch)
    elif catch.family == "boundary":
        boundary(machine, owner, catch)
    else:
        _caught(machine, owner, catch)


def _still_waiting(machine: Machine, owner: str, catch: Catch) -> bool:
    state = machine.state
    watches: list[ArmedTimer | Subscription] = [*state.timers.values(), *state.watching.values()]
    return any(watch.token == owner and watch.element_id == catch.element for watch in watches)


def boundary(machine: Machine, host: str, catch: Catch) -> None:
    """Goes on behind a boundary event; an interrupting one cancels its host and all inside first."""
    scope_id = machine.state.tokens[host].scope
    if catch.interrupting:
        machine.cancel_token(host)
    elif catch.all_needed:
        again = machine.program_in(scope_id).elements[catch.element].catches
        variables, node = machine.state.visible(scope_id), machine.element(host).node
        catching.arm(machine, catching.prepare(machine, host, again, variables, node))
    machine.spawn(catch.element, scope_id, phase="leave")


def _caught(machine: Machine, token_id: str, catch: Catch) -> None:
    element = machine.element(token_id)
    if element.id == catch.element:
        machine.leave(token_id)
        return
    link = next(link for link in element.links if link.target == catch.element)
    scope_id = machine.state.tokens[token_id].scope
    machine.record("element_completed", element.id, token=token_id)
    behind = machine.take(link, scope_id)
    machine.record("element_entered", catch.element, token=behind, phase="leave")


def check_conditions(machine: Machine) -> None:
    """Triggers conditional events whose condition has become true since they were last looked at."""
    machine.conditions_stale = False
    for key, watch in list(machine.state.watching.items()):
        if watch.kind != "conditional" or key not in machine.state.watching:
            continue
        catch = catching.catch_behind(machine, watch)
        assert catch.condition is not None
        scope_id = watch.token if watch.scoped or watch.token == ROOT else machine.state.inside(watch.token)
        holds = _is_true(machine, catch.condition, machine.state.visible(scope_id))
        if holds and not watch.met:
            machine.record(
                "condition_met",
                catch.element,
                subscription=key,
                keeps=catching.keeps_waiting(catch) and not catch.all_needed,
            )
            trigger(machine, watch.token, catch)
        elif watch.met and not holds:
            machine.record("condition_unmet", catch.element, subscription=key)


def _is_true(machine: Machine, condition: Expression, variables: Mapping[str, Any]) -> bool:
    """Whether a conditional event's condition is true. One that cannot be evaluated yet has not come true yet."""
    try:
        return machine.evaluate(condition, variables) is True
    except StepFailed:
        return False
