"""Every variable of an expression gets its value somewhere.

Known are form fields, names that scripts assign, results of decisions, mappings, multi-instance items and data
objects. A name that nothing in the diagram sets is a typing error, or has to come with the start of the instance: a
warning in an SOP, information elsewhere. When data may come from outside (messages, jobs, calls, tasks whose form is
not known) nothing is said.
"""

from collections.abc import Iterator

from engine import feel
from engine.diagram.dialects import is_foreign
from engine.diagram.expressions import expressions_of, known_names, takes_unknown_data
from engine.diagram.model import Process
from engine.diagram.rule import Context, Problem, problem


def check(context: Context) -> Iterator[Problem]:
    """Names in expressions that nothing sets."""
    for process in context.runnable:
        if not takes_unknown_data(process, context.known_forms):
            yield from _check_process(context, process)


def _check_process(context: Context, process: Process) -> Iterator[Problem]:
    texts: list[tuple[str, str, frozenset[str]]] = []
    assigned: set[str] = set()
    for held in expressions_of(process):
        if is_foreign(held.text):
            continue
        if held.kind != "script":
            texts.append((held.owner, held.text.removeprefix("="), frozenset(held.names)))
            continue
        try:
            lines = feel.parse_script(held.text)
        except feel.FeelError:
            continue  # told by the rule `expressions`
        assigned.update(name for name, _ in lines)
        texts += [(held.owner, line.text, frozenset(held.names)) for _, line in lines]
    known = known_names(process, assigned, context.known_forms)
    for owner, text, local in texts:
        for found in feel.check(text, known | local):
            if found.rule == "unknown_name":
                yield problem(
                    owner,
                    f"{found.message_id} Nilainya tidak diisi di mana pun dalam proses ini.",
                    f"{found.message_en} Nothing in this process sets it.",
                    "Periksa ejaannya, atau isi lewat formulir, skrip atau data awal permohonan.",
                    "Check its spelling, or set it by a form, a script or the data of the start.",
                    "warning" if context.profile == "sop" else "info",
                )
