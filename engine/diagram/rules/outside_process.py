"""Activities, events, gateways and sequence flows stand inside a process or subprocess.

Elsewhere, such as directly under `definitions`, in a lane or inside another task, they belong to no process and would
never run.
"""

from collections.abc import Iterator

from engine.diagram.names import FLOW_NODES, SUBPROCESSES
from engine.diagram.rule import Context, Problem, problem

_HOMES = SUBPROCESSES | {"process", "choreography", "subChoreography"}


def check(context: Context) -> Iterator[Problem]:
    """Flow elements with the wrong parent."""
    for element in context.source.elements:
        if element.tag not in FLOW_NODES and element.tag != "sequenceFlow":
            continue
        parent = context.source.parent_of(element)
        if parent is None or parent.tag not in _HOMES:
            where = parent.tag if parent is not None else "definitions"
            yield problem(
                element.key,
                f"Elemen {element.tag} berada di dalam <{where}>, bukan di dalam proses; tidak pernah dijalankan.",
                f"The {element.tag} stands inside <{where}>, not inside a process; it would never run.",
                "Pindahkan elemen ke dalam proses atau subproses.",
                "Move the element into a process or subprocess.",
            )
