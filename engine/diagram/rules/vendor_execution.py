"""Extensions of other tools that would change what happens are refused.

Java classes, delegate and method expressions, connectors, listeners with code, field injection, scripts before or
after an element: ignoring them would run something else than the analyst drew. Listeners and data mappings whose loss
changes data are errors as well; retries and asynchronous marks are not.
"""

from collections.abc import Iterator
from typing import Final

from engine.diagram.names import CAMUNDA_LIKE, VENDORS, ZEEBE
from engine.diagram.rule import Context, Problem, problem
from engine.diagram.source import Vendor

_SPIFF: Final = "http://spiffworkflow.org/bpmn/schema/1.0/core"
_CODE_ATTRIBUTES: Final = frozenset({"class", "delegateExpression", "expression", "skipExpression"})
_CODE_ELEMENTS: Final = frozenset(
    {
        "executionListener", "taskListener", "connector", "field", "in", "out", "script", "list", "map",
        "caseExecutionListener", "errorEventDefinition",
    }
)  # fmt: skip
_OTHERS: Final = {
    _SPIFF: frozenset({"preScript", "postScript", "serviceTaskOperator"}),
    ZEEBE: frozenset({"executionListener", "executionListeners", "taskListeners"}),
    "http://www.jboss.org/drools": frozenset({"onEntry-script", "onExit-script", "import", "global"}),
}


def check(context: Context) -> Iterator[Problem]:
    """Foreign extensions that carry code or data mappings."""
    for vendor in context.source.vendors:
        if not _executes(vendor) or vendor.owner < 0:
            continue
        owner = context.owner_of(context.source.elements[vendor.owner])
        name = f"{VENDORS.get(vendor.namespace, vendor.namespace)}:{vendor.name}"
        shown = f' ("{vendor.value[:60]}")' if vendor.value else ""
        yield problem(
            owner.key,
            f"Ekstensi {name}{shown} mengubah jalannya proses dan tidak dijalankan Alur.",
            f"The extension {name}{shown} changes execution and is not run by Alur.",
            'Hapus; pakai <sop:pekerjaan jenis="…"/>, tugas skrip FEEL, atau peristiwa BPMN.',
            'Remove it; use <sop:pekerjaan jenis="…"/>, a FEEL script task, or a BPMN event.',
        )


def _executes(vendor: Vendor) -> bool:
    if vendor.namespace in CAMUNDA_LIKE and vendor.is_attribute and vendor.name == "type":
        return vendor.value != "external"
    if vendor.namespace in CAMUNDA_LIKE:
        return vendor.name in (_CODE_ATTRIBUTES if vendor.is_attribute else _CODE_ELEMENTS)
    return vendor.name in _OTHERS.get(vendor.namespace, ())
