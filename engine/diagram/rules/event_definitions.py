"""Events say what exactly they wait for or throw.

A message or signal event names its message or signal; a thrown error or escalation names its definition. Waiting for
"any" message cannot be correlated and would wait for ever. Catching error and escalation events without reference
catch all. A definition without name or code is told apart by its id (see docs/bpmn-support.md).
"""

from collections.abc import Iterator

from engine.diagram.model import EventDefinition, Node
from engine.diagram.rule import Context, Problem, label, problem

_WORDS = {
    "message": ("pesan", "message", "messageRef"),
    "signal": ("sinyal", "signal", "signalRef"),
    "error": ("galat", "error", "errorRef"),
    "escalation": ("eskalasi", "escalation", "escalationRef"),
}
_THROWING = frozenset({"endEvent", "intermediateThrowEvent"})


def check(context: Context) -> Iterator[Problem]:
    """Events without the reference they need, names that are expressions, conditions that are missing."""
    for node in context.run_nodes():
        for event in node.events:
            yield from _judge(context, node, event)
        if node.kind == "receiveTask" and not node.events:
            yield _unnamed(node, "message")


def _judge(context: Context, node: Node, event: EventDefinition) -> Iterator[Problem]:
    needs = event.kind in ("message", "signal") or (event.kind in ("error", "escalation") and node.kind in _THROWING)
    if needs and event.ref is None:
        yield _unnamed(node, event.kind)
    if event.kind == "conditional" and not event.condition:
        yield problem(
            node.id,
            f"Peristiwa kondisi {label(node)} tidak mempunyai kondisi.",
            f"The conditional event {label(node)} has no condition.",
            "Tulis kondisi FEEL.",
            "Write a FEEL condition.",
        )
    text = event.name or event.code or ""
    if "${" in text or "#{" in text or text.startswith("="):
        yield problem(
            node.id,
            f'Nama atau kode "{text}" pada {label(node)} adalah ekspresi; Alur memakai nama tetap.',
            f'The name or code "{text}" of {label(node)} is an expression; Alur uses fixed names.',
            "Tulis nama tetap; bedakan permohonan dengan korelasi.",
            "Write a fixed name; tell instances apart by correlation.",
        )


def _unnamed(node: Node, kind: str) -> Problem:
    what_id, what_en, attribute = _WORDS[kind]
    return problem(
        node.id,
        f"{label(node)} tidak menyebut {what_id} yang mana.",
        f"{label(node)} does not say which {what_en}.",
        f"Pilih atau buat {what_id} ({attribute}).",
        f"Choose or create the {what_en} ({attribute}).",
    )
