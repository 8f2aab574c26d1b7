"""Starting an instance: at which event, with what waiting from the beginning."""

from collections.abc import Mapping
from typing import Any

from engine.errors import InvalidInput, WrongState
from engine.model import ROOT
from engine.spiff import catching, scopes
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Program


def start(machine: Machine, variables: Mapping[str, Any], start_event: str | None, facts: Mapping[str, Any]) -> None:
    """Records the start and puts the first tokens. Raises InvalidInput, WrongState."""
    if machine.state.status != "new":
        raise WrongState(f"Expected a new instance, but it is {machine.state.status}.")
    places = _places(machine.program, start_event)
    named = {"start_event": start_event} if start_event else {}
    machine.record("instance_started", variables=dict(variables), **named, **facts)
    machine.conditions_stale = True
    try:
        watches = catching.prepare(machine, ROOT, machine.program.root.triggers, machine.state.variables, None)
    except StepFailed as failure:
        raise InvalidInput(failure.message) from failure
    catching.arm(machine, watches)
    for place in places:
        _begin(machine, place)


def _places(program: Program, start_event: str | None) -> tuple[str, ...]:
    if start_event is not None:
        if all(start.element != start_event for start in program.starts):
            raise InvalidInput(
                f"Expected one of the start events {_names(program)}, but got '{start_event}'.",
            )
        return (start_event,)
    if program.root.first:
        return program.root.first
    if len(program.starts) == 1:
        return (program.starts[0].element,)
    raise InvalidInput(f"Expected to be told which start event to use, one of {_names(program)}, but got none.")


def _names(program: Program) -> str:
    return ", ".join(f"'{start.element}'" for start in program.starts)


def _begin(machine: Machine, place: str) -> None:
    """A start event is passed; a receive task or an event behind an instantiating gateway has already happened."""
    element = machine.program.elements[place]
    if element.behaviour == "start" or element.node.instantiate:
        machine.spawn(place, ROOT, phase="leave")
        return
    gateway = next(
        (
            other
            for other in machine.program.elements.values()
            if other.behaviour == "event_based"
            and other.node.instantiate
            and any(link.target == place for link in other.links)
        ),
        None,
    )
    if gateway is None:
        scopes.begin_at(machine, ROOT, place)
        return
    token_id = str(machine.state.next)
    machine.record("element_entered", gateway.id, token=token_id)
    machine.record("element_completed", gateway.id, token=token_id)
    link = next(link for link in gateway.links if link.target == place)
    behind = machine.take(link, ROOT)
    machine.record("element_entered", place, token=behind, phase="leave")
