"""A business rule task names its decision, and the decision exists.

`<sop:keputusan kunci="…" hasil="variable"/>` (or the decision key of Camunda or Zeebe) names a DMN decision deployed
beside the diagram.
"""

from collections.abc import Iterator

from engine.diagram.dialects import is_foreign
from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Business rule tasks without decision or with an unknown one."""
    for node in context.run_nodes():
        if node.kind != "businessRuleTask":
            continue
        if not node.called:
            yield problem(
                node.id,
                f"Tugas aturan {label(node)} tidak menyebut tabel keputusan.",
                f"The business rule task {label(node)} names no decision.",
                'Sebutkan keputusannya: <sop:keputusan kunci="…" hasil="…"/>.',
                'Name its decision: <sop:keputusan kunci="…" hasil="…"/>.',
            )
        elif is_foreign(node.called) or node.called.startswith("="):
            yield problem(
                node.id,
                f'Keputusan dari {label(node)} ditulis sebagai ungkapan: "{node.called}".',
                f'The decision of {label(node)} is written as an expression: "{node.called}".',
                "Tulis kunci keputusan yang tetap.",
                "Write the fixed key of a decision.",
            )
        elif context.known_decisions is not None and node.called not in context.known_decisions:
            yield problem(
                node.id,
                f'Keputusan "{node.called}" dari {label(node)} tidak ada.',
                f'The decision "{node.called}" of {label(node)} does not exist.',
                "Unggah tabel keputusan DMN itu, atau perbaiki kuncinya.",
                "Deploy that DMN decision, or correct its key.",
            )
