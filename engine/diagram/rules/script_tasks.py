"""A script task has a script in FEEL.

Lines of the form `name = FEEL expression`. JavaScript, Groovy, Python and others are refused: a diagram carries no
program code (DESIGN rule 7). The expressions themselves are checked by the rule `expressions`.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, label, problem

_FEEL = frozenset({"", "feel", "text/feel", "application/feel", "https://www.omg.org/spec/dmn/20191111/feel/"})


def check(context: Context) -> Iterator[Problem]:
    """Script tasks without script or in another language."""
    for node in context.run_nodes():
        if node.kind != "scriptTask":
            continue
        language = (node.script_format or "").strip()
        if not is_feel(language):
            yield problem(
                node.id,
                f'Skrip {label(node)} ditulis dalam "{language}"; Alur hanya menjalankan FEEL.',
                f'The script of {label(node)} is written in "{language}"; Alur runs FEEL only.',
                'Tulis ulang sebagai baris "nama = ungkapan FEEL" dan setel scriptFormat="feel".',
                'Rewrite it as lines "name = FEEL expression" and set scriptFormat="feel".',
            )
        elif not node.script:
            yield problem(
                node.id,
                f"Tugas skrip {label(node)} tidak mempunyai skrip.",
                f"The script task {label(node)} has no script.",
                'Tulis baris "nama = ungkapan FEEL", atau pakai tugas lain.',
                'Write lines "name = FEEL expression", or use another kind of task.',
            )


def is_feel(language: str | None) -> bool:
    """Whether a language attribute means FEEL; no attribute does."""
    return (language or "").strip().lower() in _FEEL
