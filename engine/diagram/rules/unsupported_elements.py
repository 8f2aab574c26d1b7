"""Elements that Alur does not execute are refused, wherever they stand.

Ad-hoc subprocesses, complex gateways, choreographies, global tasks and complex multi-instance behaviour are legal
BPMN, but running them half right would be worse than not at all. docs/bpmn-support.md lists every element of BPMN.
"""

from collections.abc import Iterator

from engine.diagram.elements import REFUSED
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Elements that are refused, each with what to draw instead."""
    for element in context.source.elements:
        refused = REFUSED.get(element.tag)
        if refused is not None:
            cure_id, cure_en = refused
            yield problem(
                context.owner_of(element).key,
                f"{element.tag} tidak dijalankan oleh Alur.",
                f"Alur does not execute {element.tag}.",
                cure_id,
                cure_en,
            )
