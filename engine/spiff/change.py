"""Interventions: moving tokens by hand and migrating an instance to another version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.diagram.model import Node
from engine.errors import InvalidInput, NotFound, WrongState
from engine.model import ROOT, WORKING
from engine.spiff import catching, scopes
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Catch, Element, Program


def modify(machine: Machine, activate: Sequence[str], cancel: Sequence[str], variables: Mapping[str, Any]) -> None:
    """Sets variables, cancels tokens, starts elements; then completes scopes that this has emptied."""
    places = [(key, _scope_for(machine, key)) for key in activate]
    for token_id in cancel:
        if token_id not in machine.state.tokens:
            raise NotFound(f"Expected an open token '{token_id}', but there is none.")
    for key, scope_id in places:
        if not _around(machine, scope_id).isdisjoint(cancel):
            raise InvalidInput(f"Expected what surrounds '{key}' to stay open, but it is to be cancelled.")
    machine.write(ROOT, dict(variables), None)
    emptied: list[str] = []
    for token_id in cancel:
        token = machine.state.tokens.get(token_id)
        if token is not None:
            emptied.append(token.scope)
            machine.cancel_token(token_id)
    for key, scope_id in places:
        scopes.begin_at(machine, scope_id, key)
    for scope_id in emptied:
        if scope_id in machine.state.scopes:
            _settle(machine, scope_id)


def _around(machine: Machine, scope_id: str) -> set[str]:
    """The scope and all scopes around it; each bears the id of its host token."""
    found: set[str] = set()
    key: str | None = scope_id
    while key is not None:
        found.add(key)
        key = machine.state.scopes[key].parent
    return found


def _settle(machine: Machine, scope_id: str) -> None:
    scope = machine.state.scopes[scope_id]
    if scope.loop is not None and not scope.tokens:
        machine.table["loop_emptied"](machine, scope_id, machine.element(scope_id))
    else:
        machine.settle(scope_id)


def _scope_for(machine: Machine, element_id: str) -> str:
    """The one open scope that holds an element. Raises InvalidInput if there is none or more than one."""
    element = machine.program.elements.get(element_id)
    if element is None or element.behaviour in ("event_subprocess",) or element.node.attached_to:
        raise InvalidInput(f"Expected an activity, event or gateway to start, but '{element_id}' is none.")
    home = element.node.scope
    if home == machine.program.process.id:
        return ROOT
    found = [key for key, scope in machine.state.scopes.items() if scope.plan == home and scope.process is None]
    if len(found) != 1:
        raise InvalidInput(
            f"Expected '{home}', which holds '{element_id}', to be open exactly once, "
            f"but it is open {len(found)} times."
        )
    return found[0]


def migrate(machine: Machine, program: Program, mapping: Mapping[str, str], facts: Mapping[str, Any]) -> None:
    """Renames what is open to the elements of another version and reckons its timers and subscriptions anew."""
    if machine.state.status not in WORKING and machine.state.status != "suspended":
        raise WrongState(f"Expected a running instance, but it is {machine.state.status}.")
    _check_places(machine, program, mapping)
    machine.record("instance_migrated", elements=dict(mapping), **facts)
    _disarm(machine)
    machine.program = program
    _arm_anew(machine)


def _check_places(machine: Machine, program: Program, mapping: Mapping[str, str]) -> None:
    """Raises InvalidInput naming everything that stands where the new version has no such place."""
    misfits: list[dict[str, Any]] = []
    own = [token for token in machine.state.tokens.values() if machine.state.scopes[token.scope].process is None]
    for token in own:
        old = machine.program.elements[token.element]
        new = program.elements.get(mapping.get(token.element, token.element))
        reason = _misfit(old, new, mapping)
        if reason is not None or new is None:
            misfits.append({"field": f"mapping.{token.element}", "message": reason or "is not there"})
            continue
        if token.flow is not None:
            flow = program.process.flows.get(mapping.get(token.flow, token.flow))
            if flow is None or flow.target != new.id:
                misfits.append({"field": f"mapping.{token.flow}", "message": "the flow is not there"})
    if misfits:
        names = ", ".join(misfit["field"].removeprefix("mapping.") for misfit in misfits)
        raise InvalidInput(f"Expected a place in the new version for everything open, but not for: {names}.", misfits)


def _misfit(old: Element, new: Element | None, mapping: Mapping[str, str]) -> str | None:
    if new is None:
        return "the new version has no such element"
    if new.node.kind != old.node.kind:
        return f"is a {old.node.kind}, but '{new.id}' is a {new.node.kind}"
    if mapping.get(old.node.scope, old.node.scope) != new.node.scope and old.node.scope != new.node.scope:
        return "lies in another subprocess" if new.node.scope in mapping.values() else None
    return None


def _disarm(machine: Machine) -> None:
    """Closes every timer and subscription of the instance's own elements, but deadlines and reminders of tasks."""
    state = machine.state
    for timer in list(state.timers.values()):
        if timer.kind not in ("due", "reminder") and _is_own(machine, timer.token, timer.kind == "event_subprocess"):
            machine.record("timer_cancelled", timer.element_id, timer=timer.id)
    for watch in list(state.watching.values()):
        if _is_own(machine, watch.token, watch.scoped):
            machine.record("subscription_closed", watch.element_id, subscription=watch.id)


def _is_own(machine: Machine, owner: str, scoped: bool) -> bool:
    scope_id = owner if scoped else machine.state.tokens[owner].scope
    return machine.state.scopes[scope_id].process is None


def _arm_anew(machine: Machine) -> None:
    """Opens what the tokens and scopes wait for in the new version, reckoned from now."""
    state = machine.state
    for token_id, token in list(state.tokens.items()):
        if token.phase in ("task", "job", "wait", "host") and not token.incident and _is_own(machine, token_id, False):
            element = machine.element(token_id)
            own = element.catches if token.phase == "wait" else ()
            attached = element.boundary if token.instance is None else ()
            _arm(machine, token_id, (*own, *attached), machine.context(token_id), element.node)
    for scope_id, scope in list(state.scopes.items()):
        is_plan = scope_id == ROOT or scope.plan is not None
        if is_plan and scope.process is None and scope.loop is None and not scope.interrupted:
            _arm(machine, scope_id, machine.plan(scope_id).triggers, state.visible(scope_id), None)


def _arm(
    machine: Machine, owner: str, wanted: Iterable[Catch], variables: Mapping[str, Any], host: Node | None
) -> None:
    try:
        catching.arm(machine, catching.prepare(machine, owner, wanted, variables, host))
    except StepFailed as failure:
        raise InvalidInput(failure.message) from failure
