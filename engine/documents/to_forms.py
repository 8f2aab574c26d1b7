"""Process → the forms of its start and of its user tasks, as form-js JSON.

Owns which fields an activity asks for: its kelengkapan as a checklist that gates completion, its output as uploads, the
decision of the gateway behind it, notes. Must not check data (`forms` does). Keys carry the element id, so that the
data of two activities never overwrite each other; only `kelengkapan` is the same in every form, as its gate demands.
"""

import json
from collections.abc import Iterator
from typing import Any

from engine.diagram.model import Flow, Node, Process

SCHEMA_VERSION = 19
Component = dict[str, Any]


def to_forms(process: Process) -> dict[str, bytes]:
    """The forms of a process by form key, each as JSON bytes; the same process always gives the same bytes."""
    forms = {}
    for node in process.nodes.values():
        if node.form_key and node.kind == "startEvent":
            forms[node.form_key] = _form(node.form_key, _start_fields())
        elif node.form_key and node.kind == "userTask":
            forms[node.form_key] = _form(node.form_key, [*_task_fields(process, node)])
    return forms


def _form(key: str, components: list[Component]) -> bytes:
    document = {"type": "default", "id": key, "schemaVersion": SCHEMA_VERSION, "components": components}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _start_fields() -> list[Component]:
    return [
        _input("textfield", "perihal", "Perihal permohonan"),
        _input("textarea", "uraian_permohonan", "Uraian permohonan"),
        _input("filepicker", "berkas_permohonan", "Berkas permohonan", multiple=True),
    ]


def _task_fields(process: Process, node: Node) -> Iterator[Component]:
    ways = _decision(process, node)
    yield {"type": "text", "id": "kegiatan", "text": _markdown(node.documentation or node.name)}
    if node.quality and node.quality.requirements:
        yield _checklist(node.quality.requirements, ways, process)
    if node.quality and node.quality.deliverables:
        label = f"Output: {'; '.join(node.quality.deliverables)}"
        yield _input("filepicker", f"output_{node.id}", label, multiple=True)
    if ways:
        gateway = process.nodes[ways[0].source]
        yield _input(
            "radio",
            f"keputusan_{node.id}",
            gateway.name,
            values=[{"label": flow.name, "value": flow.name} for flow in ways],
            validate={"required": True},
            properties={"keputusan": "true"},
        )
    yield _input("textarea", f"catatan_{node.id}", "Catatan")


def _decision(process: Process, node: Node) -> list[Flow]:
    """The named ways out of the exclusive gateway right behind a task; none when there is no such gateway."""
    behind = [process.nodes[process.flows[flow].target] for flow in node.outgoing]
    if len(behind) != 1 or behind[0].kind != "exclusiveGateway" or len(behind[0].outgoing) < 2:
        return []
    return [process.flows[flow] for flow in behind[0].outgoing]


def _checklist(requirements: tuple[str, ...], ways: list[Flow], process: Process) -> Component:
    properties = {"semuaWajib": "true"}
    waived = [flow.name for flow in ways if flow.id != process.nodes[flow.source].default]
    if waived:
        properties["tanpaKelengkapan"] = ",".join(waived)
    return _input(
        "checklist",
        "kelengkapan",
        "Kelengkapan",
        values=[{"label": words, "value": f"butir_{place}"} for place, words in enumerate(requirements, start=1)],
        validate={"required": True},
        properties=properties,
    )


def _input(kind: str, key: str, label: str, **more: Any) -> Component:
    return {"type": kind, "id": key, "key": key, "label": label, **more}


def _markdown(words: str) -> str:
    """The words as a plain paragraph: no heading, list or expression can begin by accident."""
    return words if words[:1].isalnum() else f"\u200b{words}"
