"""Throwing: messages and signals that leave, errors and escalations that look for their catcher, ends of all kinds."""

from engine.model import ROOT
from engine.spiff import catching, compensation, triggering
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Catch, Element, Throw
from engine.spiff.script_env import as_text

Catcher = tuple[str, Catch]  # owner (token or scope) and the event definition


def throw_event(machine: Machine, token_id: str, element: Element) -> None:
    """An intermediate throw event. What it throws may cancel its own scope; else it goes on."""
    machine.enter(token_id, element)
    if _compensates(machine, token_id, element):
        return
    throw(machine, token_id, element)
    if token_id in machine.state.tokens:
        machine.leave(token_id)


def follow_link(machine: Machine, token_id: str, element: Element) -> None:
    """A link throw event: goes on at the catch of the same name, without a flow."""
    machine.enter(token_id, element)
    scope_id = machine.state.tokens[token_id].scope
    machine.record("element_completed", element.id, token=token_id)
    if element.link_target is not None:
        machine.spawn(element.link_target, scope_id, phase="leave")
    else:
        machine.settle(scope_id)


def end_event(machine: Machine, token_id: str, element: Element) -> None:
    """An end event of any kind."""
    kinds = {thrown.kind for thrown in element.throws}
    if "error" in kinds:
        _throw_error_end(machine, token_id, element)
        return
    machine.enter(token_id, element)
    if "terminate" in kinds:
        machine.cancel_inside(machine.state.tokens[token_id].scope, but=(token_id,))
    elif "cancel" in kinds:
        compensation.cancel_transaction(machine, token_id)
        return
    elif _compensates(machine, token_id, element):
        return
    throw(machine, token_id, element)
    if token_id in machine.state.tokens:
        machine.leave(token_id)


def throw(machine: Machine, token_id: str, element: Element) -> None:
    """Throws the messages, signals and escalations of an element, in model order."""
    for thrown in element.throws:
        if token_id not in machine.state.tokens:
            return
        if thrown.kind == "message":
            _send(machine, token_id, element, thrown)
        elif thrown.kind == "signal":
            _signal(machine, token_id, element, thrown)
        elif thrown.kind == "escalation":
            _escalate(machine, token_id, element, thrown)


def _send(machine: Machine, token_id: str, element: Element, thrown: Throw) -> None:
    variables = machine.context(token_id)
    data = {"name": thrown.name}
    if thrown.correlation is not None:
        data["correlation"] = as_text(machine.evaluate(thrown.correlation, variables))
    payload = {name: machine.evaluate(expression, variables) for name, expression in element.inputs}
    machine.record("message_sent", element.id, token=token_id, **data, variables=payload)


def _signal(machine: Machine, token_id: str, element: Element, thrown: Throw) -> None:
    variables = machine.context(token_id)
    payload = {name: machine.evaluate(expression, variables) for name, expression in element.inputs}
    machine.record("signal_thrown", element.id, token=token_id, name=thrown.name, variables=payload)
    receive_signal(machine, thrown.name or "", payload)


def receive_signal(machine: Machine, name: str, variables: dict[str, object]) -> bool:
    """Gives a signal to everything in the instance that waits for it at this moment."""
    taken = False
    for key, watch in list(machine.state.watching.items()):
        if watch.kind == "signal" and watch.name == name and key in machine.state.watching:
            catch = catching.catch_behind(machine, watch)
            triggering.receive(machine, watch, catch, "signal_received", name=name, variables=variables)
            taken = True
    return taken


def _escalate(machine: Machine, token_id: str, element: Element, thrown: Throw) -> None:
    found = find_catcher(machine, token_id, "escalation", thrown.code)
    caught = {"caught_by": found[1].element} if found else {}
    machine.record("escalation_raised", element.id, token=token_id, code=thrown.code, **caught)
    if found:
        triggering.trigger(machine, *found)


def _throw_error_end(machine: Machine, token_id: str, element: Element) -> None:
    code = next(thrown.code for thrown in element.throws if thrown.kind == "error")
    found = find_catcher(machine, token_id, "error", code)
    if found is None:
        raise uncaught(code)
    machine.enter(token_id, element)
    machine.record("error_thrown", element.id, token=token_id, code=code, caught_by=found[1].element)
    machine.record("element_completed", element.id, token=token_id)
    triggering.trigger(machine, *found)


def throw_error(machine: Machine, token_id: str, code: str, message: str = "") -> None:
    """An error of the work itself (a job): caught at its own boundary or further out, else an incident."""
    element_id = machine.state.tokens[token_id].element
    found = find_catcher(machine, token_id, "error", code, own=True)
    caught = {"caught_by": found[1].element} if found else {}
    machine.record("error_thrown", element_id, token=token_id, code=code, message=message, **caught)
    if found is None:
        machine.raise_incident(token_id, uncaught(code), machine.state.tokens[token_id].phase)
    else:
        triggering.trigger(machine, *found)


def uncaught(code: str | None) -> StepFailed:
    """The failure of an error that nothing catches."""
    return StepFailed("uncaught_error", f"Expected an event that catches the error '{code}', but there is none.")


def find_catcher(machine: Machine, token_id: str, kind: str, code: str | None, own: bool = False) -> Catcher | None:
    """The innermost event that catches: event subprocesses of each scope outwards, then the boundary of its host.

    Args:
        own: whether the boundary of the token's own element counts (an error of its work).
    """
    state = machine.state
    token = state.tokens[token_id]
    if own and token.instance is None:
        found = _match(machine.element(token_id).attached, kind, code)
        if found:
            return token_id, found
    scope_id = token.scope
    while True:
        scope = state.scopes[scope_id]
        if scope.loop is None and not scope.interrupted:
            found = _match(machine.plan(scope_id).triggers, kind, code)
            if found:
                return scope_id, found
        if scope_id == ROOT:
            return None
        host = state.tokens[scope_id]
        if host.instance is None:
            found = _match(machine.element(scope_id).attached, kind, code)
            if found:
                return scope_id, found
        scope_id = host.scope


def _match(catches: tuple[Catch, ...], kind: str, code: str | None) -> Catch | None:
    """The one that names the code, else one that catches all."""
    general = None
    for catch in catches:
        if catch.kind == kind:
            if catch.code is not None and catch.code == code:
                return catch
            if catch.code is None and general is None:
                general = catch
    return general


def _compensates(machine: Machine, token_id: str, element: Element) -> bool:
    thrown = next((thrown for thrown in element.throws if thrown.kind == "compensation"), None)
    return thrown is not None and compensation.start(machine, token_id, thrown.ref)
