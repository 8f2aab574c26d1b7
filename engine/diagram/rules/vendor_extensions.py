"""Extensions of other tools are kept and ignored, with one line of information per tool.

Colours, properties, assignees, history settings and the like do not change what BPMN says. What does change execution
is the rule `vendor_execution`.
"""

from collections import Counter
from collections.abc import Iterator

from engine.diagram.names import VENDORS
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """One information per foreign namespace."""
    counts = Counter(vendor.namespace for vendor in context.source.vendors)
    process = context.runnable[0].id if context.runnable else ""
    for namespace, count in counts.items():
        name = VENDORS.get(namespace) or namespace or "tanpa namespace"
        yield problem(
            process,
            f"{count} ekstensi {name} disimpan apa adanya dan tidak dijalankan.",
            f"{count} extensions of {name} are kept as they are and not executed.",
            "Tidak perlu tindakan; pelaksana ditentukan oleh lajur.",
            "Nothing to do; performers are given by the lanes.",
            "info",
        )
