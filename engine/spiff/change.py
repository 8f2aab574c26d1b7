"""Interventions: moving tokens by hand and migrating an instance to another version."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import InvalidInput, NotFound, WrongState
from engine.model import ROOT, WORKING
from engine.spiff import catching, scopes
from engine.spiff.machine import Machine
from engine.spiff.program import Element, Program


def modify(machine: Machine, activate: Sequence[str], cancel: Sequence[str], variables: Mapping[str, Any]) -> None:
    """Sets variables, cancels tokens, starts elements; then completes scopes that this has emptied."""
    places = [(key, _scope_for(machine, key)) for key in activate]
    for token_id in cancel:
        if token_id not in machine.state.tokens:
            raise NotFound(f"Expected an open token '{token_id}', but there is none.")
    old = {name: machine.state.variables.get(name) for name in variables}
    machine.record(
        "instance_modified", activated=list(activate), cancelled=list(cancel), old_variables=old,
        variables=dict(variables),
    )  # fmt: skip
    machine.write(ROOT, dict(variables), None)
    emptied: list[str] = []
    for token_id in cancel:
        token = machine.state.tokens.get(token_id)
        if token is not None:
            emptied.append(token.scope)
            machine.cancel_token(token_id)
    for key, scope_id in places:
        if scope_id not in machine.state.scopes:
            raise InvalidInput(f"Expected the surroundings of '{key}' to stay open, but they were cancelled.")
        scopes.begin_at(machine, scope_id, key)
    for scope_id in emptied:
        if scope_id in machine.state.scopes:
            _settle(machine, scope_id)


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


def migrate(machine: Machine, program: Program, mapping: Mapping[str, str]) -> None:
    """Renames what is open to the elements of another version and reckons its timers and subscriptions anew."""
    if machine.state.status not in WORKING and machine.state.status != "suspended":
        raise WrongState(f"Expected a running instance, but it is {machine.state.status}.")
    elements, flows = _places(machine, program, mapping)
    machine.record("instance_migrated", elements=elements, flows=flows)
    machine.program = program
    for token_id in list(machine.state.tokens):
        _rearm(machine, token_id)


def _places(machine: Machine, program: Program, mapping: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Old and new ids of every element and flow where something stands. Raises InvalidInput naming all misfits."""
    elements: dict[str, str] = {}
    flows: dict[str, str] = {}
    misfits: list[dict[str, Any]] = []
    own = [token for token in machine.state.tokens.values() if machine.state.scopes[token.scope].process is None]
    for token in own:
        old = machine.program.elements[token.element]
        new = program.elements.get(mapping.get(token.element, token.element))
        reason = _misfit(old, new, mapping)
        if reason is not None or new is None:
            misfits.append({"field": f"mapping.{token.element}", "message": reason or "is not there"})
            continue
        elements[token.element] = new.id
        if token.flow is not None:
            flow = mapping.get(token.flow, token.flow)
            if flow not in program.process.flows or program.process.flows[flow].target != new.id:
                misfits.append({"field": f"mapping.{token.flow}", "message": "the flow is not there"})
            flows[token.flow] = flow
    if misfits:
        names = ", ".join(misfit["field"].removeprefix("mapping.") for misfit in misfits)
        raise InvalidInput(f"Expected a place in the new version for everything open, but not for: {names}.", misfits)
    return elements, flows


def _misfit(old: Element, new: Element | None, mapping: Mapping[str, str]) -> str | None:
    if new is None:
        return "the new version has no such element"
    if new.node.kind != old.node.kind:
        return f"is a {old.node.kind}, but '{new.id}' is a {new.node.kind}"
    if mapping.get(old.node.scope, old.node.scope) != new.node.scope and old.node.scope != new.node.scope:
        return "lies in another subprocess" if new.node.scope in mapping.values() else None
    return None


def _rearm(machine: Machine, token_id: str) -> None:
    """Closes the timers and subscriptions of a waiting token and opens those of its element in the new version."""
    token = machine.state.tokens[token_id]
    if token.phase not in ("task", "job", "wait", "host") or token.incident:
        return
    if machine.state.scopes[token.scope].process is not None:
        return
    for watch in list(token.watches):
        if watch.endswith((":due", ":reminder")):
            continue
        if watch in machine.state.timers:
            machine.record("timer_cancelled", machine.state.timers[watch].element_id, timer=watch)
        else:
            machine.record("subscription_closed", machine.state.watching[watch].element_id, subscription=watch)
    element = machine.element(token_id)
    wanted = list(element.catches) if token.phase == "wait" else []
    if token.instance is None:
        wanted += element.boundary
    catching.arm(machine, catching.prepare(machine, token_id, wanted, machine.context(token_id), element.node))
