"""Where a diagram holds FEEL: every expression with its owner, and the names that its variables can come from."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from engine.diagram.model import Flow, Node, Process


@dataclass(frozen=True, slots=True)
class Held:
    """One FEEL text of a diagram. `what_id`/`what_en` say what it is; a script is lines `name = FEEL`."""

    owner: str
    text: str
    what_id: str
    what_en: str
    kind: str = "expression"  # or "condition", "script"
    names: tuple[str, ...] = ()  # known at this place only


def expressions_of(process: Process) -> Iterator[Held]:
    """Every expression of a process, in the order of the file by kind of place."""
    for flow in process.flows.values():
        if flow.condition is not None:
            yield _of_flow(flow)
    for node in process.nodes.values():
        yield from _of_events(node)
        yield from _of_repetition(node)
        local = _local_names(node)
        for name, text in node.inputs:
            yield Held(node.id, text, f"Masukan {name}", f"The input {name}", names=local)
        for name, text in node.outputs:
            yield Held(node.id, text, f"Keluaran {name}", f"The output {name}", names=local)
        if node.script:
            yield Held(node.id, node.script, "Skrip", "The script", kind="script", names=local)


def _of_flow(flow: Flow) -> Held:
    return Held(flow.id, flow.condition or "", "Kondisi", "The condition", "condition")


def _of_events(node: Node) -> Iterator[Held]:
    for event in node.events:
        if event.condition:
            yield Held(node.id, event.condition, "Kondisi", "The condition", "condition")
        if event.correlation:
            yield Held(node.id, event.correlation, "Nilai korelasi", "The correlation value")
        if event.timer is not None and (event.timer.text.startswith("=") or "{" in event.timer.text):
            yield Held(node.id, event.timer.text, "Waktu", "The time")


def _of_repetition(node: Node) -> Iterator[Held]:
    multi = node.multi
    if multi is None:
        return
    local = _local_names(node)
    for text, what_id, what_en, kind in (
        (multi.cardinality, "Jumlah instance", "The cardinality", "expression"),
        (multi.collection, "Daftar", "The collection", "expression"),
        (multi.completion_condition, "Kondisi selesai", "The completion condition", "condition"),
        (multi.loop_condition, "Kondisi pengulangan", "The loop condition", "condition"),
    ):
        if text:
            yield Held(node.id, text, what_id, what_en, kind, local)
    if multi.output_item:
        inner = (*local, multi.output_item)
        yield Held(node.id, multi.output_item, "Hasil instance", "The output item", names=inner)


def _local_names(node: Node) -> tuple[str, ...]:
    inputs = tuple(name for name, _ in node.inputs)
    if node.multi is None:
        return inputs
    counters = ("loopCounter", "numberOfInstances", "numberOfActiveInstances", "numberOfCompletedInstances")
    return (*inputs, *counters, *((node.multi.item,) if node.multi.item else ()))


def known_names(
    process: Process, script_names: Collection[str], forms: Mapping[str, Collection[str]] | None
) -> frozenset[str]:
    """The variables that something in the process gives a value to.

    Args:
        script_names: the names that scripts assign.
        forms: field names by form key.
    """
    names = {*process.variables, *script_names}
    for node in process.nodes.values():
        names.update(name for name, _ in node.outputs)
        names.update(name for name, _ in node.inputs)
        names.update(filter(None, (node.result_variable,)))
        if node.kind == "businessRuleTask" and node.called and not node.result_variable:
            names.add(node.called)
        if node.form_key and forms is not None:
            names.update(forms.get(node.form_key, ()))
        if node.multi is not None:
            names.update(filter(None, (node.multi.item, node.multi.output_collection)))
    return frozenset(names)


def takes_unknown_data(process: Process, forms: Mapping[str, Collection[str]] | None) -> bool:
    """Whether variables may come from where the diagram does not show them: messages, jobs, calls, unknown forms."""
    for node in process.nodes.values():
        if node.kind in ("serviceTask", "callActivity", "receiveTask", "businessRuleTask"):
            return True
        if node.kind in ("startEvent", "intermediateCatchEvent", "boundaryEvent") and any(
            event.kind in ("message", "signal") for event in node.events
        ):
            return True
        is_personal = node.kind in ("userTask", "manualTask", "task", "startEvent")
        if is_personal and node.form_key and (forms is None or node.form_key not in forms):
            return True
        if node.kind == "userTask" and not node.form_key:
            return True
    return False
