"""Activities of an SOP have names.

Profile sop: a task without name shows nothing in the inbox (warning). A gateway that decides should carry its
question.
"""

from collections.abc import Iterator

from engine.diagram.rule import Context, Problem, problem

_PERSONAL = frozenset({"userTask", "manualTask", "task"})


def check(context: Context) -> Iterator[Problem]:
    """Personal tasks and deciding gateways without name."""
    if context.profile != "sop":
        return
    for node in context.run_nodes():
        if node.name:
            continue
        if node.kind in _PERSONAL:
            yield problem(
                node.id,
                f'Kegiatan "{node.id}" tidak bernama.',
                f'The activity "{node.id}" has no name.',
                "Beri nama singkat untuk kotaknya.",
                "Give it a short name for its box.",
                "warning",
            )
        elif node.kind == "exclusiveGateway" and len(node.outgoing) > 1:
            yield problem(
                node.id,
                f'Gerbang "{node.id}" tidak memuat pertanyaannya.',
                f'The gateway "{node.id}" does not carry its question.',
                "Namai gerbang dengan pertanyaan, misalnya: Berkas lengkap?",
                "Name the gateway by its question, such as: Is the file complete?",
                "info",
            )
