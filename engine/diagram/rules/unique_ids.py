"""Every id occurs once in a file.

BPMN ids are XML ids: with two elements of one id a reference, a flow or a boundary event belongs to either of them,
and an engine silently keeps one. The finding stands on the second element and names the line of the first. When one
of the two is a root definition (message, signal, error, …) nothing is ambiguous for execution: that is a warning.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem
from engine.diagram.source import RawElement


def check(context: Context) -> Iterator[Problem]:
    """Ids that occur more than once."""
    first: dict[str, RawElement] = {}
    for element in context.source.elements:
        if not element.id:
            continue
        earlier = first.setdefault(element.id, element)
        if earlier is element:
            continue
        same_kind = _is_root_definition(earlier) == _is_root_definition(element)
        yield Problem(
            element.id,
            (
                f'Id "{element.id}" dipakai dua kali: di baris {earlier.line} dan baris {element.line}.',
                f'The id "{element.id}" is used twice: on line {earlier.line} and on line {element.line}.',
            ),
            ("Beri salah satu elemen id lain.", "Give one of the elements another id."),
            severity="error" if same_kind else "warning",
            line=element.line,
        )


def _is_root_definition(element: RawElement) -> bool:
    return element.parent == -1 and element.tag not in ("process", "collaboration")
