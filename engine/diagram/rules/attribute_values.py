"""Attributes have values of their type.

`true`/`false` for switches, whole numbers for counts, and the words BPMN defines for the rest. A value such as
`cancelActivity="tidak"` would silently count as the default. `isImmediate="false"` is not for executable processes.
"""

from collections.abc import Iterator
from typing import Final

from engine.diagram.rule import Context, Problem, problem

_SWITCH: Final = frozenset({"true", "false", "1", "0"})
_WORDS: Final[dict[str, frozenset[str]]] = {
    **dict.fromkeys(
        (
            "isExecutable", "isClosed", "cancelActivity", "isInterrupting", "triggeredByEvent", "isForCompensation",
            "instantiate", "parallelMultiple", "isSequential", "testBefore", "waitForCompletion", "isCollection",
            "isImmediate",
        ),
        _SWITCH,
    ),
    "gatewayDirection": frozenset({"Unspecified", "Converging", "Diverging", "Mixed"}),
    "eventGatewayType": frozenset({"Exclusive", "Parallel"}),
    "associationDirection": frozenset({"None", "One", "Both"}),
    "behavior": frozenset({"None", "One", "All", "Complex"}),
    "processType": frozenset({"None", "Public", "Private"}),
    "ordering": frozenset({"Parallel", "Sequential"}),
}  # fmt: skip
_COUNTS: Final = frozenset({"startQuantity", "completionQuantity", "loopMaximum"})


def check(context: Context) -> Iterator[Problem]:
    """Attributes with a value that their type does not have."""
    for element in context.source.elements:
        for name, value in element.attributes.items():
            words = _WORDS.get(name)
            text = value.strip()
            if words is not None and text not in words:
                expected = "true, false" if words is _SWITCH else ", ".join(sorted(words))
            elif name in _COUNTS and not text.isdecimal():
                expected = "0, 1, 2, …"
            elif name == "isImmediate" and text in ("false", "0"):
                expected = "true"
            else:
                continue
            yield problem(
                context.owner_of(element).key,
                f'Atribut {name}="{value}" tidak berarti apa-apa.',
                f'The attribute {name}="{value}" has no meaning.',
                f"Pakai salah satu dari: {expected}.",
                f"Use one of: {expected}.",
            )
