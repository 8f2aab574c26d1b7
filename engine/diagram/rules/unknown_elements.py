"""Every element is one that BPMN 2.0 knows, at a place where it may stand.

An unknown name in the BPMN namespace is a typing error or another version: it would silently not exist (error). An
element of a foreign namespace outside `extensionElements` is ignored (warning).
"""

from collections.abc import Iterator

from engine.diagram.elements import ELEMENTS
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Unknown and misplaced elements."""
    by_lower = {name.lower(): name for name in ELEMENTS}
    for element in context.source.elements:
        if element.tag in ELEMENTS:
            continue
        similar = by_lower.get(element.tag.lower())
        parent = context.source.parent_of(element)
        yield problem(
            element.key if element.id or parent is None else context.owner_of(parent).key,
            f"BPMN 2.0 tidak mengenal elemen <{element.tag}>.",
            f"BPMN 2.0 does not know the element <{element.tag}>.",
            f"Maksudnya <{similar}>?" if similar else "Hapus atau ganti elemen itu.",
            f"Did you mean <{similar}>?" if similar else "Remove or replace the element.",
        )
    for foreign in context.source.foreign:
        owner = context.source.elements[foreign.owner] if foreign.owner >= 0 else None
        yield problem(
            context.owner_of(owner).key if owner is not None else "",
            f"Elemen <{foreign.tag}> dari alat lain berada di luar extensionElements dan diabaikan.",
            f"The foreign element <{foreign.tag}> stands outside extensionElements and is ignored.",
            "Hapus, atau ekspor ulang sebagai BPMN 2.0 murni.",
            "Remove it, or export the file again as plain BPMN 2.0.",
            "warning",
        )
