"""Reads one flow node element into a `Node`, one sequence flow into a `Flow`. Links between nodes are `parse.py`'s."""

import inspect
from collections.abc import Sequence

from lxml import etree

from engine.diagram.extensions import (
    child_text,
    extension,
    feel,
    read_assignee,
    read_called,
    read_form_key,
    read_mappings,
    read_quality,
    read_result_variable,
    read_text,
    text_of,
)
from engine.diagram.model import Flow, Node
from engine.diagram.names import BPMN, EVENTS, ZEEBE
from engine.diagram.parse_events import Definitions, read_events, read_multi, read_task_message
from engine.diagram.xml import line_of

_FALSE = ("false", "0")
_TRUE = ("true", "1")
_CALLING = frozenset({"callActivity", "businessRuleTask", "serviceTask", "sendTask"})


def read_node(element: etree._Element, kind: str, key: str, scope: str, known: Definitions) -> Node:
    """The node without its links (lane, flows, boundary events), which need the whole process.

    Args:
        key: the id, or the placeholder of a node without one.
        scope: key of the process or subprocess that contains it.
    """
    is_event = kind in EVENTS
    script, script_format = _read_script(element) if kind == "scriptTask" else (None, None)
    message = read_task_message(element, known) if kind in ("sendTask", "receiveTask") else ()
    return Node(
        id=key,
        kind=kind,
        scope=scope,
        name=element.get("name", "").strip(),
        line=line_of(element),
        default=known.reference(element.get("default")),
        events=read_events(element, known) if is_event else message,
        parallel_multiple=element.get("parallelMultiple") in _TRUE,
        interrupting=element.get("cancelActivity" if kind == "boundaryEvent" else "isInterrupting") not in _FALSE,
        attached_to=known.reference(element.get("attachedToRef")) if kind == "boundaryEvent" else None,
        triggered_by_event=element.get("triggeredByEvent") in _TRUE,
        is_for_compensation=element.get("isForCompensation") in _TRUE,
        multi=None if is_event else read_multi(element, known),
        instantiate=element.get("instantiate") in _TRUE,
        script=script,
        script_format=script_format,
        result_variable=read_result_variable(element),
        called=_called(element, kind, known),
        form_key=read_form_key(element),
        assignee=read_assignee(element),
        quality=read_quality(element),
        documentation=read_documentation(element),
        remarks=read_text(element, "keterangan") or "",
        assumption=read_text(element, "asumsi"),
        inputs=read_mappings(element, "input") + _assignments(element, "dataInputAssociation"),
        outputs=read_mappings(element, "output") + _assignments(element, "dataOutputAssociation"),
    )


def read_documentation(element: etree._Element) -> str:
    """The `documentation` texts of an element, one paragraph each."""
    return "\n".join(text for found in element.iterfind(f"{{{BPMN}}}documentation") if (text := text_of(found)))


def _called(element: etree._Element, kind: str, known: Definitions) -> str | None:
    if kind not in _CALLING:
        return None
    called = read_called(element, kind)
    return known.reference(called) if kind == "callActivity" else called or None


def _read_script(element: etree._Element) -> tuple[str | None, str | None]:
    zeebe = extension(element, ZEEBE, "script")
    if zeebe is not None:
        return _assigned(element, feel(zeebe.get("expression", "")) or ""), "feel"
    text = child_text(element, "script")
    return (None if text is None else _assigned(element, inspect.cleandoc(text))), element.get("scriptFormat")


def _assigned(element: etree._Element, text: str) -> str:
    """One expression whose result another tool stores in a variable becomes a script line."""
    name = read_result_variable(element)
    return f"{name} = {text}" if name and text else text


def _assignments(element: etree._Element, tag: str) -> tuple[tuple[str, str], ...]:
    """(target, FEEL) of BPMN's own data associations that carry an assignment; drawn arrows have none."""
    pairs: list[tuple[str, str]] = []
    for assignment in element.iterfind(f"{{{BPMN}}}{tag}/{{{BPMN}}}assignment"):
        target, source = child_text(assignment, "to"), child_text(assignment, "from")
        if target and source:
            pairs.append((feel(target) or "", feel(source) or ""))
    return tuple(pairs)


def read_flow(element: etree._Element, key: str, scope: str, known: Definitions) -> Flow:
    """A sequence flow as written; source and target may name nothing."""
    condition = element.find(f"{{{BPMN}}}conditionExpression")
    return Flow(
        id=key,
        source=known.reference(element.get("sourceRef")) or "",
        target=known.reference(element.get("targetRef")) or "",
        name=element.get("name", "").strip(),
        condition=None if condition is None else feel(text_of(condition)),
        condition_language=None if condition is None else condition.get("language"),
        assumption=read_text(element, "asumsi"),
        scope=scope,
        line=line_of(element),
    )


def compensation_handlers(associations: Sequence[etree._Element], known: Definitions) -> dict[str, str]:
    """Handler activity by boundary event id, from the associations drawn between them (either direction)."""
    handlers: dict[str, str] = {}
    for association in associations:
        ends = [known.reference(association.get(end)) or "" for end in ("sourceRef", "targetRef")]
        for event, activity in (ends, reversed(ends)):
            target = known.by_id.get(event)
            if target is not None and target.tag == f"{{{BPMN}}}boundaryEvent":
                handlers.setdefault(event, activity)
    return handlers
