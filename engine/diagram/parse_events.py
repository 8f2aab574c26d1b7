"""Reads event definitions and multi-instance markings into values. Knows references, not processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.extensions import child_text, extension, feel, text_of, vendor_attribute
from engine.diagram.model import EventDefinition, MultiInstance, Timer
from engine.diagram.names import BPMN, EVENT_DEFINITIONS, SOP, ZEEBE

_TIMERS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}
_ITEM_AWARE = frozenset({"dataObject", "dataObjectReference", "dataInput", "dataOutput", "property"})


@dataclass(frozen=True, slots=True)
class Definitions:
    """The root definitions of a file and its elements by id, for resolving references."""

    by_id: Mapping[str, etree._Element]
    messages: Mapping[str, str]
    signals: Mapping[str, str]
    errors: Mapping[str, str | None]
    escalations: Mapping[str, str | None]
    correlations: Mapping[str, str] = field(default_factory=dict)  # message id -> FEEL text

    def reference(self, text: str | None) -> str | None:
        """An id from a reference as written: white space and a namespace prefix are taken off; None when empty."""
        name = (text or "").strip()
        if not name:
            return None
        local = name.rpartition(":")[2]
        return local if name not in self.by_id and local else name


def local(element: etree._Element) -> str:
    """The local name of an element of the BPMN namespace, "" for all others."""
    tag = str(element.tag)
    return tag.removeprefix(f"{{{BPMN}}}") if tag.startswith(f"{{{BPMN}}}") else ""


def read_events(element: etree._Element, known: Definitions) -> tuple[EventDefinition, ...]:
    """The event definitions of an event, written inside it or referred to."""
    found: list[EventDefinition] = []
    for child in element:
        tag = local(child)
        if tag in EVENT_DEFINITIONS:
            found.append(_read_event(child, EVENT_DEFINITIONS[tag], known))
        elif tag == "eventDefinitionRef":
            target = known.by_id.get(known.reference(text_of(child)) or "")
            if target is not None and local(target) in EVENT_DEFINITIONS:
                found.append(_read_event(target, EVENT_DEFINITIONS[local(target)], known))
    return tuple(found)


def read_task_message(element: etree._Element, known: Definitions) -> tuple[EventDefinition, ...]:
    """The message of a send or receive task as one event definition, none when it names no message."""
    ref = known.reference(element.get("messageRef"))
    if ref is None:
        return ()
    return (_message(element, element.get("id", ""), ref, known),)


def _message(element: etree._Element, identifier: str, ref: str | None, known: Definitions) -> EventDefinition:
    own = extension(element, SOP, "korelasi")
    correlation = feel(text_of(own)) if own is not None else known.correlations.get(ref or "")
    name = known.messages.get(ref or "") or None
    return EventDefinition("message", identifier, ref, name, correlation=correlation or None)


def _read_event(element: etree._Element, kind: str, known: Definitions) -> EventDefinition:
    identifier = element.get("id", "")
    if kind == "timer":
        return EventDefinition(kind, identifier, timer=_read_timer(element))
    if kind == "message":
        return _message(element, identifier, known.reference(element.get("messageRef")), known)
    if kind == "signal":
        ref = known.reference(element.get("signalRef"))
        return EventDefinition(kind, identifier, ref, known.signals.get(ref or "") or None)
    if kind in ("error", "escalation"):
        ref = known.reference(element.get(f"{kind}Ref"))
        codes = known.errors if kind == "error" else known.escalations
        return EventDefinition(kind, identifier, ref, code=(codes.get(ref) or ref) if ref else None)
    if kind == "compensation":
        return EventDefinition(kind, identifier, known.reference(element.get("activityRef")))
    if kind == "conditional":
        return EventDefinition(kind, identifier, condition=feel(child_text(element, "condition")))
    if kind == "link":
        return EventDefinition(kind, identifier, name=element.get("name", "").strip() or None)
    return EventDefinition(kind, identifier)


def _read_timer(element: etree._Element) -> Timer | None:
    for child in element:
        kind = _TIMERS.get(local(child))
        if kind is not None:
            return Timer(kind, text_of(child))
    return None


def read_multi(element: etree._Element, known: Definitions) -> MultiInstance | None:
    """The loop or multi-instance marking of an activity, in BPMN's own words or those of Zeebe, Camunda, Flowable."""
    loop = element.find(f"{{{BPMN}}}standardLoopCharacteristics")
    if loop is not None:
        maximum = (loop.get("loopMaximum") or "").strip()
        return MultiInstance(
            "loop",
            loop_condition=feel(child_text(loop, "loopCondition")),
            loop_maximum=int(maximum) if maximum.isdecimal() and len(maximum) < 10 else None,
            test_before=loop.get("testBefore") in ("true", "1"),
        )
    multi = element.find(f"{{{BPMN}}}multiInstanceLoopCharacteristics")
    if multi is None:
        return None
    zeebe = extension(multi, ZEEBE, "loopCharacteristics")
    foreign = zeebe if zeebe is not None else etree.Element("none")
    return MultiInstance(
        "sequential" if multi.get("isSequential") in ("true", "1") else "parallel",
        cardinality=feel(child_text(multi, "loopCardinality")) or None,
        collection=_variable(child_text(multi, "loopDataInputRef"), element, known)
        or feel(foreign.get("inputCollection"))
        or vendor_attribute(multi, "collection"),
        item=_item(multi, "inputDataItem") or foreign.get("inputElement") or vendor_attribute(multi, "elementVariable"),
        output_collection=_variable(child_text(multi, "loopDataOutputRef"), element, known)
        or foreign.get("outputCollection"),
        output_item=_item(multi, "outputDataItem") or feel(foreign.get("outputElement")),
        completion_condition=feel(child_text(multi, "completionCondition")),
    )


def _item(multi: etree._Element, tag: str) -> str | None:
    item = multi.find(f"{{{BPMN}}}{tag}")
    return None if item is None else (variable_name(item) or None)


def variable_name(element: etree._Element) -> str:
    """What a data object, item or property is called in expressions: its name when that is one word, else its id."""
    name, identifier = element.get("name", "").strip(), element.get("id", "")
    return name if name.isidentifier() or not identifier else identifier


def _variable(text: str | None, activity: etree._Element, known: Definitions) -> str | None:
    """The variable behind a loop data reference: through the activity's own data inputs to the data object drawn."""
    name = known.reference(text)
    if name is None:
        return None
    target = known.by_id.get(name)
    if target is None or local(target) not in _ITEM_AWARE:
        return name
    tag = local(target)
    if tag in ("dataInput", "dataOutput"):
        far = _associated(name, activity, "Input" if tag == "dataInput" else "Output", known)
        return far or variable_name(target)
    if tag == "dataObjectReference":
        return _data_object_name(target, known)
    return variable_name(target)


def _associated(name: str, activity: etree._Element, direction: str, known: Definitions) -> str | None:
    near, far = ("targetRef", "sourceRef") if direction == "Input" else ("sourceRef", "targetRef")
    for association in activity.iterfind(f"{{{BPMN}}}data{direction}Association"):
        if known.reference(child_text(association, near)) == name:
            other = known.by_id.get(known.reference(child_text(association, far)) or "")
            if other is not None:
                is_reference = local(other) == "dataObjectReference"
                return _data_object_name(other, known) if is_reference else variable_name(other)
    return None


def _data_object_name(reference: etree._Element, known: Definitions) -> str:
    target = known.by_id.get(known.reference(reference.get("dataObjectRef")) or "")
    if target is not None and (target.get("name") or "").strip().isidentifier():
        return variable_name(target)
    return variable_name(reference)
