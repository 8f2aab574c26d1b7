"""Multi-instance and standard loops: a body token holds the counters, each instance is a token in the body's scope.

Data: an instance has a scope of its own with the item, `loopCounter` and the output item. Names that exist outside
are written there; new names stay with the instance and, without an output collection, go out when it completes.
"""

from typing import Any

from engine.spiff import catching
from engine.spiff.failure import StepFailed
from engine.spiff.machine import Machine
from engine.spiff.program import Element, Loop
from engine.spiff.scopes import called_program
from engine.spiff.script_env import Expression

MAX_INSTANCES = 1_000
_COUNTERS = (
    ("total", ("numberOfInstances", "nrOfInstances")),
    ("done", ("numberOfCompletedInstances", "nrOfCompletedInstances")),
    ("active", ("numberOfActiveInstances", "nrOfActiveInstances")),
    ("terminated", ("numberOfTerminatedInstances",)),
)


def start_loop(machine: Machine, token_id: str, element: Element) -> None:
    """Opens the body of a loop and its first instances; with nothing to do the token goes on at once."""
    loop = element.loop
    assert loop is not None
    scope_id = machine.state.tokens[token_id].scope
    items = _items(machine, token_id, element, loop)
    if element.behaviour == "call":
        called_program(machine, scope_id, element)  # refused before anything is recorded
    watches = catching.prepare(machine, token_id, element.boundary, machine.context(token_id), element.node)
    nothing = items == [] or (items is None and not _goes_in(machine, token_id, loop))
    counters: dict[str, Any] = {} if items is None else {"total": len(items)}
    if loop.kind == "sequential" and loop.collection is not None:
        counters["items"] = items
    machine.record("instances_started", element.id, token=token_id, phase="host", opens={"loop": counters})
    if nothing:
        finish_body(machine, token_id, element)
        return
    catching.arm(machine, watches)
    for index in range(len(items) if items is not None and loop.kind == "parallel" else 1):
        _spawn(machine, token_id, element, index, items[index] if items else None)


def _goes_in(machine: Machine, token_id: str, loop: Loop) -> bool:
    if loop.maximum == 0:
        return False
    if not loop.test_before or loop.condition is None:
        return True
    return machine.holds(loop.condition, machine.context(token_id))


def _items(machine: Machine, token_id: str, element: Element, loop: Loop) -> list[Any] | None:
    """What the instances work on, one entry each; None for a standard loop, whose number is open."""
    if loop.kind == "loop":
        return None
    variables = machine.context(token_id)
    if loop.collection is not None:
        items = machine.evaluate(loop.collection, variables)
        if not isinstance(items, list):
            raise StepFailed(
                "collection_not_a_list",
                f"Expected '{loop.collection.text}' of '{element.id}' to give a list, but it gave {items!r}.",
            )
    else:
        assert loop.cardinality is not None
        count = machine.evaluate(loop.cardinality, variables)
        if isinstance(count, bool) or not isinstance(count, int | float) or count < 0 or count != int(count):
            raise StepFailed(
                "cardinality_not_a_number",
                f"Expected '{loop.cardinality.text}' of '{element.id}' to give a whole number from 0, "
                f"but it gave {count!r}.",
            )
        if count > MAX_INSTANCES:
            raise _too_many(element)
        items = list(range(1, int(count) + 1))
    if len(items) > MAX_INSTANCES:
        raise _too_many(element)
    return items


def _too_many(element: Element) -> StepFailed:
    return StepFailed(
        "too_many_instances", f"Expected at most {MAX_INSTANCES} instances of '{element.id}', but there would be more."
    )


def _spawn(machine: Machine, body: str, element: Element, index: int, item: Any) -> None:
    loop = element.loop
    assert loop is not None
    variables: dict[str, Any] = {"loopCounter": index + 1}
    if loop.item is not None:
        variables[loop.item] = item
    if loop.output_name is not None:
        variables.setdefault(loop.output_name, None)
    opens: dict[str, Any] = {"variables": variables}
    if loop.kind != "loop":
        opens["container"] = True
    if element.behaviour == "subprocess":
        opens["plan"] = element.id
    elif element.behaviour == "call":
        name, _program = called_program(machine, body, element)
        opens |= {"process": name, "variables": {**machine.context(body), **variables}, "container": True}
    machine.spawn(element.id, body, instance=index, opens=opens)


def instance_done(machine: Machine, token_id: str, element: Element) -> None:
    """One instance has done its work: collects its output, then the next one, or the end of all.

    Raises:
        StepFailed: an output, a completion or a loop condition cannot be computed.
    """
    loop = element.loop
    assert loop is not None
    token = machine.state.tokens[token_id]
    assert token.instance is not None
    body, index = token.scope, token.instance
    counters = machine.state.scopes[body].loop
    assert counters is not None
    variables = {**machine.context(token_id), **_counted(machine, body)}
    enough = loop.completion is not None and _enough(machine, loop.completion, variables)
    data: dict[str, Any] = {}
    if loop.output_collection is not None:
        data["output"] = None if loop.output_item is None else machine.evaluate(loop.output_item, variables)
    more = loop.kind == "loop" and _again(machine, loop, variables, index)
    if loop.output_collection is None and loop.kind != "loop":
        _hand_out(machine, token_id, body, loop)
    machine.finish(token_id, element, (), **data)
    if body not in machine.state.tokens:
        return
    if enough:
        machine.cancel_inside(body)
    elif more:
        _spawn(machine, body, element, index + 1, None)
    elif loop.kind == "sequential" and index + 1 < counters["total"]:
        items = counters.get("items")
        _spawn(machine, body, element, index + 1, items[index + 1] if items else index + 2)
    if not machine.state.scopes[body].tokens:
        finish_body(machine, body, element)


def _enough(machine: Machine, completion: Expression, variables: dict[str, Any]) -> bool:
    """Whether the completion condition is true; what it asks about may not be known yet."""
    return machine.evaluate(completion, variables) is not None and machine.holds(completion, variables)


def _again(machine: Machine, loop: Loop, variables: dict[str, Any], index: int) -> bool:
    if loop.maximum is not None and index + 1 >= loop.maximum:
        return False
    return loop.condition is None or machine.holds(loop.condition, variables)


def _counted(machine: Machine, body: str) -> dict[str, Any]:
    """The instance counters as BPMN and Camunda name them, the instance that completes now included as completed."""
    counters = machine.state.scopes[body].loop or {}
    known = {
        "total": counters.get("total", counters["started"]),
        "done": counters["done"] + 1,
        "active": len(machine.state.scopes[body].tokens) - 1,
        "terminated": counters.get("terminated", 0),
    }
    return {name: known[key] for key, names in _COUNTERS for name in names}


def _hand_out(machine: Machine, token_id: str, body: str, loop: Loop) -> None:
    own = {"loopCounter", loop.item, loop.output_name}
    new = {name: value for name, value in machine.state.scopes[token_id].variables.items() if name not in own}
    machine.write(machine.state.tokens[body].scope, new, machine.state.tokens[body].element)


def finish_body(machine: Machine, body: str, element: Element) -> None:
    loop = element.loop
    assert loop is not None
    scope_id = machine.state.tokens[body].scope
    if loop.output_collection is not None:
        counters = machine.state.scopes[body].loop or {}
        outputs = list(counters["outputs"])
        outputs += [None] * (counters.get("total", len(outputs)) - len(outputs))
        machine.write(scope_id, {loop.output_collection: outputs}, element.id)
    machine.leave(body)
