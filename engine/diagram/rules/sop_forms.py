"""The form that an activity names exists.

`<sop:formulir kunci="…"/>` names a form deployed with the diagram. Checked when the forms are known.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Form keys without form."""
    if context.known_forms is None:
        return
    for node in context.run_nodes():
        if node.form_key and node.form_key not in context.known_forms:
            yield problem(
                node.id,
                f'Formulir "{node.form_key}" dari {label(node)} tidak ada.',
                f'The form "{node.form_key}" of {label(node)} does not exist.',
                "Unggah formulir itu bersama diagram, atau perbaiki kuncinya.",
                "Deploy that form with the diagram, or correct its key.",
                "error" if context.profile == "sop" else "warning",
            )
