"""A file stands alone: other files that it imports are not read.

`<import>` of another BPMN or DMN file brings nothing into Alur. Called processes and decisions are deployed by
themselves and named by their keys. A warning; a reference into the imported file is an error of its own (rule
`references`).
"""

from collections.abc import Iterator

from engine.diagram.names import BPMN
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Imports of other models (type definitions are ignored without a word)."""
    first = context.diagram.processes[0].id if context.diagram.processes else ""
    for found in context.source.tagged("import"):
        kind = found.attributes.get("importType", "")
        if kind == BPMN or "DMN" in kind:
            location = found.attributes.get("location", "?")
            yield problem(
                first,
                f'Berkas "{location}" diimpor, tetapi Alur tidak membacanya.',
                f'The file "{location}" is imported, but Alur does not read it.',
                "Unggah berkas itu sendiri dan sebutkan kuncinya di calledElement atau sop:keputusan.",
                "Deploy that file by itself and name its key in calledElement or sop:keputusan.",
                "warning",
            )
