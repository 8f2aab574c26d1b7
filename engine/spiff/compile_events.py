"""Compiles event definitions: what an element waits for and what it throws."""

from engine.diagram.model import EventDefinition, Node
from engine.durations import ParsedTimer, TimeExpressionRefused, parse_timer
from engine.spiff.compile_parts import Findings, expression, finding
from engine.spiff.program import Catch, Throw

_CATCHING = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent", "receiveTask"})
_THROWING = frozenset({"endEvent", "intermediateThrowEvent", "sendTask"})


def event_catches(node: Node, findings: Findings) -> tuple[Catch, ...]:
    """What a catching event waits for, one `Catch` per definition; links and compensations wait for nothing."""
    if node.kind not in _CATCHING:
        return ()
    family = "catch"
    if node.kind == "boundaryEvent":
        family = "boundary"
    elif node.kind == "startEvent":
        family = "event_subprocess"
    definitions = [event for event in node.events if event.kind not in ("link", "compensation")]
    return tuple(
        _catch(node, event, family, f"{node.id}#{index}" if index else node.id, len(definitions) > 1, findings)
        for index, event in enumerate(definitions)
    )


def _catch(node: Node, event: EventDefinition, family: str, watch: str, several: bool, findings: Findings) -> Catch:
    timer = event.timer
    formula = None
    literal: ParsedTimer | None = None
    if event.kind == "timer":
        if timer is None or not timer.text.strip():
            findings.append(finding(node, "timer-empty", "Expected a time, but the timer has none.", "Give it a time."))
        elif timer.text.strip().startswith("="):
            formula = expression(timer.text, node, "a time", findings)
        else:
            try:
                literal = parse_timer(timer.kind, timer.text)
            except TimeExpressionRefused as refusal:
                findings.append(finding(node, "timer-unreadable", refusal.detail, "Write an ISO 8601 time."))
    if event.kind == "conditional" and not (event.condition or "").strip():
        findings.append(finding(node, "condition-empty", "Expected a condition, but there is none.", "Write one."))
    must_interrupt = event.kind in ("error", "cancel")
    return Catch(
        element=node.id,
        watch=watch,
        family=family,
        kind=event.kind,
        node=node,
        name=event.name,
        code=event.code,
        timer=literal,
        timer_formula=formula,
        timer_kind=timer.kind if timer else "",
        condition=expression(event.condition, node, "a condition", findings),
        correlation=expression(event.correlation, node, "a correlation value", findings),
        interrupting=node.interrupting or must_interrupt,
        all_needed=node.parallel_multiple and several,
    )


def event_throws(node: Node, findings: Findings) -> tuple[Throw, ...]:
    """What a throwing event throws, in model order."""
    if node.kind not in _THROWING:
        return ()
    return tuple(
        Throw(
            event.kind,
            event.name,
            event.code,
            event.ref if event.kind == "compensation" else None,
            expression(event.correlation, node, "a correlation value", findings),
        )
        for event in node.events
        if event.kind != "link"
    )
