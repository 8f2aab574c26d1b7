"""A repeated activity says how often it repeats.

Multi-instance: a cardinality or a collection, not both; a standard loop: a condition or a maximum. `behavior` other
than All is not executed. Parallel instances that write the same variable overwrite each other: without an output
collection that is a warning.
"""

from collections.abc import Iterator

from engine.diagram.model import MultiInstance, Node
from engine.diagram.rule import Context, Problem, label, problem
from engine.diagram.source import RawElement


def check(context: Context) -> Iterator[Problem]:
    """Repetitions without measure, with two measures, or with behaviour that is not executed."""
    for node in context.run_nodes():
        if node.multi is None:
            continue
        if node.multi.kind == "loop":
            yield from _loop(context, node, node.multi)
        else:
            yield from _multi(context, node, node.multi)


def _loop(context: Context, node: Node, loop: MultiInstance) -> Iterator[Problem]:
    if not loop.loop_condition and loop.loop_maximum is None:
        yield _say(
            node,
            "berulang tanpa syarat dan tanpa batas",
            "repeats without condition and without maximum",
            "Tulis loopCondition (FEEL) atau loopMaximum.",
            "Write a loopCondition (FEEL) or a loopMaximum.",
        )
    if loop.loop_maximum == 0:
        yield _say(
            node,
            "berulang paling banyak 0 kali",
            "repeats at most 0 times",
            "Setel loopMaximum ke 1 atau lebih.",
            "Set loopMaximum to 1 or more.",
        )


def _multi(context: Context, node: Node, multi: MultiInstance) -> Iterator[Problem]:
    if not multi.cardinality and not multi.collection:
        yield _say(
            node,
            "multi-instance tanpa jumlah dan tanpa daftar",
            "is multi-instance without cardinality and without collection",
            "Tulis loopCardinality atau loopDataInputRef.",
            "Write a loopCardinality or a loopDataInputRef.",
        )
    elif multi.cardinality and multi.collection:
        yield _say(
            node,
            "multi-instance dengan jumlah dan daftar sekaligus",
            "is multi-instance with both a cardinality and a collection",
            "Sisakan salah satu.",
            "Keep one of them.",
        )
    text = (multi.cardinality or "").strip()
    if text.lstrip("-").replace(".", "", 1).isdecimal() and not text.isdecimal():
        yield _say(
            node,
            f"multi-instance dengan jumlah {text}",
            f"is multi-instance with the cardinality {text}",
            "Jumlah adalah bilangan bulat, 0 atau lebih.",
            "The cardinality is a whole number, 0 or more.",
        )
    raw = _characteristics(context, node)
    behavior = raw.attributes.get("behavior", "All") if raw is not None else "All"
    if behavior != "All":
        yield _say(
            node,
            f'multi-instance dengan behavior="{behavior}", yang tidak dijalankan Alur',
            f'is multi-instance with behavior="{behavior}", which Alur does not execute',
            "Hapus behavior; semua instance selesai dahulu, atau pakai completionCondition.",
            "Remove behavior; all instances finish first, or use a completionCondition.",
        )
    yield from _results(node, multi)


def _results(node: Node, multi: MultiInstance) -> Iterator[Problem]:
    if multi.output_collection and not multi.output_item:
        yield _say(
            node,
            "mengumpulkan hasil tanpa menyebut hasil tiap instance",
            "collects results without saying what each instance gives",
            "Tulis outputDataItem.",
            "Write an outputDataItem.",
        )
    writes = node.form_key or node.script or node.result_variable or node.outputs
    if multi.kind == "parallel" and not multi.output_collection and writes:
        yield problem(
            node.id,
            f"Instance paralel dari {label(node)} menulis variabel yang sama; yang terakhir menang.",
            f"The parallel instances of {label(node)} write the same variables; the last one wins.",
            "Kumpulkan hasilnya dengan loopDataOutputRef dan outputDataItem.",
            "Collect the results with loopDataOutputRef and outputDataItem.",
            "warning",
        )


def _characteristics(context: Context, node: Node) -> RawElement | None:
    raw = context.element(node.id)
    found = context.source.children_of(raw, "multiInstanceLoopCharacteristics") if raw is not None else []
    return found[0] if found else None


def _say(node: Node, what_id: str, what_en: str, cure_id: str, cure_en: str) -> Problem:
    return problem(node.id, f"{label(node)} {what_id}.", f"{label(node)} {what_en}.", cure_id, cure_en)
