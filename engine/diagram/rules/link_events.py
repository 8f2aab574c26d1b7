"""A link event that throws has exactly one that catches, of the same name, in the same process or subprocess.

Links replace a long sequence flow. The throwing side has no outgoing flow, the catching side no incoming one. A
catching link that nobody throws is never reached (warning).
"""

from collections import Counter
from collections.abc import Iterator

from engine.diagram.model import Node
from engine.diagram.rule import Context, Problem, label, problem

_THROW, _CATCH = "intermediateThrowEvent", "intermediateCatchEvent"


def check(context: Context) -> Iterator[Problem]:
    """Links without name, without partner, doubled, or with flows on the wrong side."""
    links = [(node, name) for node in context.all_nodes() for name in _link_names(node)]
    catches = Counter((node.scope, name) for node, name in links if node.kind == _CATCH)
    throws = {(node.scope, name) for node, name in links if node.kind == _THROW}
    for node, name in links:
        if not name:
            yield _say(node, "tidak mempunyai nama tautan", "has no link name", "Beri nama.", "Give it a name.")
        elif node.kind == _THROW:
            found = catches[(node.scope, name)]
            if found != 1:
                yield _say(
                    node,
                    f'melempar tautan "{name}" yang ditangkap {found} kali di tingkat ini',
                    f'throws the link "{name}", which is caught {found} times on this level',
                    "Gambar tepat satu peristiwa tautan tangkap bernama sama di tingkat yang sama.",
                    "Draw exactly one catching link event of that name on the same level.",
                )
        elif (node.scope, name) not in throws:
            yield problem(
                node.id,
                f'Tautan "{name}" ({label(node)}) tidak pernah dilempar.',
                f'The link "{name}" ({label(node)}) is never thrown.',
                "Gambar peristiwa tautan lempar bernama sama, atau hapus.",
                "Draw a throwing link event of that name, or delete it.",
                "warning",
            )
        if (node.outgoing and node.kind == _THROW) or (node.incoming and node.kind == _CATCH):
            yield _say(
                node,
                "mempunyai alur urutan di sisi yang salah",
                "has a sequence flow on the wrong side",
                "Tautan lempar tanpa alur keluar, tautan tangkap tanpa alur masuk.",
                "A throwing link has no outgoing flow, a catching link no incoming one.",
            )


def _link_names(node: Node) -> list[str]:
    if node.kind not in (_THROW, _CATCH):
        return []
    return [event.name or "" for event in node.events if event.kind == "link"]


def _say(node: Node, what_id: str, what_en: str, cure_id: str, cure_en: str) -> Problem:
    whole_id = f"Peristiwa tautan {label(node)} {what_id}."
    return problem(node.id, whole_id, f"The link event {label(node)} {what_en}.", cure_id, cure_en)
