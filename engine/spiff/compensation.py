"""Compensation: undoes completed activities, the last one first, and cancels transactions.

A scope remembers what was completed and can be undone (`Scope.done`); the throwing token holds what is still to undo
and waits until each handler is done.
"""

from typing import Any

from engine.model import ROOT
from engine.spiff import scopes, triggering
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Element, Program


def start(machine: Machine, token_id: str, ref: str | None) -> bool:
    """Undoes what the token's scope has completed, or only the activity `ref`. False if there is nothing to undo."""
    scope_id = _compensated_scope(machine, token_id)
    records = machine.state.scopes[scope_id].done or []
    chosen = [record for record in records if ref is None or record[0] == ref]
    kept = [record for record in records if record not in chosen] or None
    pending = _handlers(machine.program_in(scope_id), chosen)
    if not pending:
        return False
    where = {} if scope_id == ROOT else {"scope": scope_id}
    element_id = machine.state.tokens[token_id].element
    machine.record("compensation_started", element_id, token=token_id, work={"pending": pending}, kept=kept, **where)
    proceed(machine, token_id)
    return True


def cancel_transaction(machine: Machine, token_id: str) -> None:
    """A cancel end event: ends the rest of the transaction, undoes it, then leaves by its cancel boundary event."""
    machine.cancel_inside(machine.state.tokens[token_id].scope, but=(token_id,))
    if not start(machine, token_id, None):
        _leave_cancelled(machine, token_id)


def undone(machine: Machine, token_id: str, _element: Element) -> None:
    """A handler is done: the next one, or the throwing event goes on."""
    if token_id in machine.state.tokens:
        proceed(machine, token_id)


def proceed(machine: Machine, token_id: str) -> None:
    """Starts the next handler of a throwing token, or lets it go on when none is left."""
    token = machine.state.tokens[token_id]
    pending = (token.work or {}).get("pending")
    if pending:
        (handler, first, variables), *rest = pending
        machine.record("compensation_continued", token.element, token=token_id, work={"pending": rest})
        if first is not None:
            scopes.run_handler(machine, token.scope, handler, first, variables, undoes=token_id)
        else:
            opens = {"opens": {"variables": variables, "container": True}} if variables else {}
            machine.spawn(handler, token.scope, work={"undoes": token_id}, **opens)
    elif any(thrown.kind == "cancel" for thrown in machine.element(token_id).throws):
        _leave_cancelled(machine, token_id)
    else:
        machine.leave(token_id)


def _leave_cancelled(machine: Machine, token_id: str) -> None:
    state = machine.state
    host = state.tokens[token_id].scope
    if state.tokens[host].instance is not None:
        host = state.tokens[host].scope
    catch = next((catch for catch in machine.element(host).attached if catch.kind == "cancel"), None)
    if catch is None:
        failure = StepFailed(
            "uncaught_cancel", f"Expected a cancel boundary event on '{state.tokens[host].element}', but there is none."
        )
        machine.raise_incident(token_id, failure, "undo")
        return
    machine.record("element_completed", state.tokens[token_id].element, token=token_id)
    triggering.boundary(machine, host, catch)


def _compensated_scope(machine: Machine, token_id: str) -> str:
    """The scope of the token; from inside an event subprocess the one around it."""
    scope_id = machine.state.tokens[token_id].scope
    while scope_id != ROOT and machine.element(scope_id).node.triggered_by_event:
        scope_id = machine.state.tokens[scope_id].scope
    return scope_id


def _handlers(program: Program, records: list[list[Any]]) -> list[list[Any]]:
    """[handler, start event of an event subprocess or None, variables] for each record, the last completed first."""
    found: list[list[Any]] = []
    for element_id, inner, variables in reversed(records):
        element = program.elements[element_id]
        plan = program.plans.get(element_id)
        if element.handler is not None:
            found.append([element.handler, None, variables])
        elif plan is not None and plan.compensation is not None:
            found.append([plan.handlers[plan.compensation], plan.compensation, variables])
        elif inner:
            found += _handlers(program, inner)
    return found
