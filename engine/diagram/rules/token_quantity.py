"""An activity takes one token and gives one token.

`startQuantity` or `completionQuantity` other than 1 is legal but rare; Alur does not execute it and refuses it.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem


def check(context: Context) -> Iterator[Problem]:
    """Activities with another token quantity than 1."""
    for node in context.all_nodes():
        for attribute in ("startQuantity", "completionQuantity"):
            value = context.source.attribute(node.id, attribute, "1").strip()
            if value != "1":
                yield problem(
                    node.id,
                    f'{label(node)} memakai {attribute}="{value}"; Alur hanya menjalankan nilai 1.',
                    f'{label(node)} has {attribute}="{value}"; Alur executes only 1.',
                    "Hapus atribut itu; pakai gerbang paralel atau multi-instance.",
                    "Remove the attribute; use a parallel gateway or a multi-instance activity.",
                )
