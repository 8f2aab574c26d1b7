"""Scopes: embedded subprocesses, transactions, called processes and event subprocesses open and close here."""

from typing import Any

from engine.model import ROOT
from engine.spiff import catching
from engine.spiff.failure import StepFailed
from engine.spiff.machine import MAX_CALL_DEPTH, Machine
from engine.spiff.opening import boundary_watches, inputs
from engine.spiff.program import Catch, Element, Plan, Program


def open_subprocess(machine: Machine, token_id: str, element: Element) -> None:
    """An embedded subprocess or transaction: opens its scope and starts inside."""
    plan = machine.program_in(machine.state.tokens[token_id].scope).plans[element.id]
    variables = inputs(machine, token_id, element)
    seen = {**machine.context(token_id), **variables}
    watches = boundary_watches(machine, token_id, element)
    watches += catching.prepare(machine, token_id, plan.triggers, seen, None)
    if token_id in machine.state.scopes:  # one instance of several: its scope is open with its own variables
        machine.write(token_id, variables, element.id, local=True)
        machine.enter(token_id, element, phase="host")
    else:
        opens: dict[str, Any] = {"plan": element.id}
        if variables:
            opens["variables"] = variables
        if element.outputs:
            opens["container"] = True
        machine.enter(token_id, element, phase="host", opens=opens)
    catching.arm(machine, watches)
    _begin(machine, token_id, plan)


def _begin(machine: Machine, scope_id: str, plan: Plan) -> None:
    for first in plan.first:
        begin_at(machine, scope_id, first)
    if not plan.first:
        machine.leave(scope_id)


def begin_at(machine: Machine, scope_id: str, element_id: str) -> None:
    """Starts a scope at an element: a start event is passed, an activity without incoming flow runs."""
    element = machine.program_in(scope_id).elements[element_id]
    if element.behaviour == "start":
        machine.spawn(element_id, scope_id, phase="leave")
    else:
        machine.spawn(element_id, scope_id)


def called_program(machine: Machine, scope_id: str, element: Element) -> tuple[str, Program]:
    """The program of a call activity, and the name by which it is found again.

    Raises:
        StepFailed: it is not known, or calls are nested too deeply.
    """
    depth, key = 0, scope_id
    while key != ROOT:
        scope = machine.state.scopes[key]
        depth += scope.isolated
        key = scope.parent or ROOT
    if depth >= MAX_CALL_DEPTH:
        raise StepFailed(
            "call_too_deep",
            f"Expected at most {MAX_CALL_DEPTH} processes calling each other, but '{element.id}' is one more.",
        )
    name = element.node.called or ""
    program = machine.find(machine.program_in(scope_id), name)
    return program.key or name, program


def call(machine: Machine, token_id: str, element: Element) -> None:
    """A call activity: runs the called process in a scope of its own, with the caller's variables or its inputs."""
    scope_id = machine.state.tokens[token_id].scope
    name, program = called_program(machine, scope_id, element)
    variables = inputs(machine, token_id, element) if element.inputs else dict(machine.context(token_id))
    watches = boundary_watches(machine, token_id, element)
    watches += catching.prepare(machine, token_id, program.root.triggers, variables, None)
    if token_id in machine.state.scopes:
        machine.write(token_id, variables if element.inputs else {}, element.id, local=True)
        machine.enter(token_id, element, phase="host")
    else:
        opens = {"process": name, "variables": variables, "container": True}
        machine.enter(token_id, element, phase="host", opens=opens)
    catching.arm(machine, watches)
    _begin(machine, token_id, program.root)


def scope_done(machine: Machine, scope_id: str, element: Element) -> None:
    """Nothing is left in a scope: its host goes on. What a called process knows comes back, unless it maps outputs."""
    host = machine.state.tokens[scope_id]
    if element.behaviour == "call" and not element.outputs and host.instance is None:
        machine.write(host.scope, machine.state.scopes[scope_id].variables, element.id)
    machine.leave(scope_id)


def start_event_subprocess(machine: Machine, scope_id: str, catch: Catch) -> None:
    """Starts an event subprocess of a scope; an interrupting one first cancels everything else in it."""
    plan = machine.plan(scope_id)
    if catch.interrupting:
        machine.record("scope_interrupted", plan.id, **({} if scope_id == ROOT else {"scope": scope_id}))
        machine.cancel_inside(scope_id)
    elif catch.all_needed:
        again = [trigger for trigger in plan.triggers if trigger.element == catch.element]
        catching.arm(machine, catching.prepare(machine, scope_id, again, machine.state.visible(scope_id), None))
    run_handler(machine, scope_id, plan.handlers[catch.element], catch.element)


def run_handler(
    machine: Machine, scope_id: str, handler: str, start: str, variables: dict[str, Any] | None = None, **work: Any
) -> None:
    """A new run of an event subprocess, beginning at `start`, with `variables` of its own."""
    opens = {"plan": handler, "variables": variables} if variables else {"plan": handler}
    machine.spawn(handler, scope_id, opens=opens, work={"start": start, **work})


def event_subprocess(machine: Machine, token_id: str, element: Element) -> None:
    """An event subprocess that was triggered: arms what is nested in it and passes its start event."""
    plan = machine.plan(token_id)
    work = machine.state.tokens[token_id].work or {}
    watches = catching.prepare(machine, token_id, plan.triggers, machine.context(token_id), None)
    machine.enter(token_id, element, phase="host")
    catching.arm(machine, watches)
    begin_at(machine, token_id, work["start"])
