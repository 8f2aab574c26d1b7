"""What every activity shares when it opens: its boundary events and its local variables."""

from typing import Any

from engine.spiff import catching
from engine.spiff.machine import Machine
from engine.spiff.program import Element


def boundary_watches(machine: Machine, token_id: str, element: Element) -> list[catching.Watch]:
    """What the boundary events of an opening activity wait for; those of a loop belong to its body."""
    if not element.boundary or machine.state.tokens[token_id].instance is not None:
        return []
    return catching.prepare(machine, token_id, element.boundary, machine.context(token_id), element.node)


def local_scope(machine: Machine, token_id: str, element: Element) -> dict[str, Any]:
    """The `opens` of an element with input or output mappings; empty for all others."""
    if not element.inputs and not element.outputs:
        return {}
    variables = inputs(machine, token_id, element)
    if token_id in machine.state.scopes:
        machine.write(token_id, variables, element.id, local=True)
        return {}
    return {"opens": {"variables": variables, "container": bool(element.outputs)}}


def inputs(machine: Machine, token_id: str, element: Element) -> dict[str, Any]:
    """The values of the input mappings, each seeing the ones before it."""
    found: dict[str, Any] = {}
    for name, expression in element.inputs:
        found[name] = machine.evaluate(expression, {**machine.context(token_id), **found})
    return found
