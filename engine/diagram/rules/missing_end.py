"""When a process uses end events, every path leads to one.

A path may end implicitly at an activity without outgoing flow, and Alur runs it so. Beside drawn end events it is
mostly a forgotten flow: a warning. A boundary event without outgoing flow only cancels (or does nothing): a warning
too.
"""

from collections.abc import Iterator

from engine.diagram.prepare import ends_by_itself
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Nodes at which a path ends though their scope has end events."""
    for process in context.diagram.processes:
        for scope in process.scopes.values():
            nodes = [process.nodes[key] for key in scope.nodes]
            has_end = any(node.kind == "endEvent" for node in nodes)
            for node in nodes:
                if ends_by_itself(node) and (has_end or node.kind == "boundaryEvent"):
                    yield problem(
                        node.id,
                        f"Jalur berhenti di {label(node)} tanpa peristiwa akhir.",
                        f"The path stops at {label(node)} without an end event.",
                        "Sambungkan ke langkah berikut atau ke peristiwa akhir.",
                        "Connect it to the next step or to an end event.",
                        "warning",
                    )
