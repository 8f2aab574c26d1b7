"""Branches that run together are joined before they go on.

When a parallel fork meets at an exclusive merge or an activity, each token passes by itself and everything behind
runs twice. BPMN says so and Alur does so; it is mostly a mistake: a warning.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, path_text, problem


def check(context: Context) -> Iterator[Problem]:
    """Merges that two tokens of one instance pass."""
    for process, verdict in context.behaviour:
        for merge, path in verdict.doubled.items():
            node = process.nodes.get(merge)
            if node is None:
                continue
            shown = path_text(process, path)
            yield problem(
                node.id,
                f"Cabang paralel bertemu di {label(node)} tanpa digabung; berjalan dua kali. Jalur: {shown}.",
                f"Parallel branches meet at {label(node)} without a join; what follows runs twice. Path: {shown}.",
                "Gabungkan cabangnya dengan gerbang paralel atau inklusif.",
                "Join the branches with a parallel or inclusive gateway.",
                "warning",
                related=path,
            )
