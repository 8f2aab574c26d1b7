"""Says when the control flow was too large to be explored completely.

Exploration stops at a bound. What was found until then is told; what was not explored is not known to be sound.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Processes and subprocesses whose exploration stopped at the bound."""
    for _, verdict in context.behaviour:
        if not verdict.complete:
            yield problem(
                verdict.scope,
                f"Perilaku alur diperiksa sampai {verdict.states} keadaan, lalu berhenti; sisanya belum diperiksa.",
                f"The behaviour was explored up to {verdict.states} states and stopped there; the rest is not checked.",
                "Pecah diagram menjadi subproses.",
                "Split the diagram into subprocesses.",
                "info",
            )
