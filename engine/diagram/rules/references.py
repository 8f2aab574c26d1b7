"""Every reference names an element of the file, of the right kind.

Messages, signals, errors, escalations, event definitions, activities to compensate, pools, lanes, data objects and
associations are checked. What is executed must resolve (error); what is only drawn may be mended later (warning).
"""

from collections.abc import Iterator
from typing import Final

from engine.diagram.names import ACTIVITIES, EVENT_DEFINITIONS, FLOW_NODES
from engine.diagram.rule import Context, Problem, Severity, problem
from engine.diagram.source import RawElement

_ITEMS: Final = frozenset(
    {"dataObject", "dataObjectReference", "dataStore", "dataStoreReference", "dataInput", "dataOutput", "property"}
)
_ANY: Final = frozenset[str]()
_ATTRIBUTES: Final[dict[tuple[str, str], tuple[frozenset[str], Severity]]] = {
    ("messageEventDefinition", "messageRef"): (frozenset({"message"}), "error"),
    ("sendTask", "messageRef"): (frozenset({"message"}), "error"),
    ("receiveTask", "messageRef"): (frozenset({"message"}), "error"),
    ("signalEventDefinition", "signalRef"): (frozenset({"signal"}), "error"),
    ("errorEventDefinition", "errorRef"): (frozenset({"error"}), "error"),
    ("escalationEventDefinition", "escalationRef"): (frozenset({"escalation"}), "error"),
    ("compensateEventDefinition", "activityRef"): (ACTIVITIES, "error"),
    ("correlationPropertyRetrievalExpression", "messageRef"): (frozenset({"message"}), "error"),
    ("participant", "processRef"): (frozenset({"process"}), "warning"),
    ("messageFlow", "messageRef"): (frozenset({"message"}), "warning"),
    ("dataObjectReference", "dataObjectRef"): (frozenset({"dataObject"}), "warning"),
    ("dataStoreReference", "dataStoreRef"): (frozenset({"dataStore"}), "warning"),
    ("association", "sourceRef"): (_ANY, "warning"),
    ("association", "targetRef"): (_ANY, "warning"),
    ("message", "itemRef"): (frozenset({"itemDefinition"}), "warning"),
}
_TEXTS: Final[dict[tuple[str, str], tuple[frozenset[str], Severity]]] = {
    ("lane", "flowNodeRef"): (FLOW_NODES | _ITEMS | {"textAnnotation", "group"}, "warning"),
    ("dataInputAssociation", "sourceRef"): (_ITEMS, "warning"),
    ("dataInputAssociation", "targetRef"): (_ITEMS, "warning"),
    ("dataOutputAssociation", "sourceRef"): (_ITEMS, "warning"),
    ("dataOutputAssociation", "targetRef"): (_ITEMS, "warning"),
    ("correlationKey", "correlationPropertyRef"): (frozenset({"correlationProperty"}), "error"),
}


def check(context: Context) -> Iterator[Problem]:
    """References to nothing or to the wrong kind of element."""
    for element in context.source.elements:
        for name, value in element.attributes.items():
            allowed = _ATTRIBUTES.get((element.tag, name))
            if allowed is not None:
                yield from _judge(context, element, name, value, *allowed)
        if element.text and element.parent >= 0:
            parent = context.source.elements[element.parent]
            allowed = _TEXTS.get((parent.tag, element.tag))
            if element.tag == "eventDefinitionRef":
                allowed = (frozenset(EVENT_DEFINITIONS), "error")
                yield from _shared(context, element)
            if allowed is not None:
                yield from _judge(context, element, element.tag, element.text, *allowed)


def _shared(context: Context, element: RawElement) -> Iterator[Problem]:
    """Only event definitions at the root of the file are made for sharing."""
    for target in context.source.with_id(element.text.rpartition(":")[2]):
        if target.parent >= 0:
            yield problem(
                context.owner_of(element).key,
                f'eventDefinitionRef merujuk "{target.id}", yang milik peristiwa lain.',
                f'eventDefinitionRef refers to "{target.id}", which belongs to another event.',
                "Pindahkan definisi itu ke akar berkas, atau salin ke peristiwa ini.",
                "Move that definition to the root of the file, or copy it into this event.",
                "warning",
            )


def _judge(
    context: Context, element: RawElement, name: str, value: str, allowed: frozenset[str], severity: Severity
) -> Iterator[Problem]:
    reference = value.strip()
    if not reference:
        return
    tags = {found.tag for key in (reference, reference.rpartition(":")[2]) for found in context.source.with_id(key)}
    if tags and (not allowed or tags & allowed):
        return
    what_id = f"sebuah {sorted(tags)[0]}" if tags else "yang tidak ada di berkas"
    what_en = f"which is a {sorted(tags)[0]}" if tags else "which is not in the file"
    expected = " / ".join(sorted(allowed)[:3]) if len(allowed) <= 3 else "elemen"
    yield problem(
        context.owner_of(element).key,
        f'{name} merujuk "{reference}", {what_id}.',
        f'{name} refers to "{reference}", {what_en}.',
        f"Pilih {expected} yang ada, atau hapus rujukannya.",
        "Choose an existing element of the right kind, or remove the reference.",
        severity,
    )
