"""The last line of defence: what the token loop could only run wrongly or not at all, refused with the element.

`engine/diagram/rules` finds more and says it better; nothing that passes here is executed wrongly in silence.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.diagram.model import Node, Process, Scope
from engine.spiff import specs
from engine.spiff.compile_parts import Findings, finding
from engine.spiff.program import Element, Plan
from engine.spiff.reach import link_targets


class _Refusal(NamedTuple):
    rule: str
    message: str
    cure: str


def _unsupported(_process: Process, node: Node) -> _Refusal | None:
    if node.kind in specs.RUNNABLE:
        return None
    message = f"Expected an element that Alur executes, but {node.kind} is not one."
    return _Refusal("unsupported-element", message, "Draw it with gateways, tasks and subprocesses.")


def _call(_process: Process, node: Node) -> _Refusal | None:
    if node.kind != "callActivity" or node.called:
        return None
    message = "Expected the process that is called, but calledElement is empty."
    return _Refusal("call-without-process", message, "Name the called process.")


def _decision(_process: Process, node: Node) -> _Refusal | None:
    if node.kind != "businessRuleTask" or node.called:
        return None
    message = "Expected the decision that is asked, but none is named."
    return _Refusal("rule-without-decision", message, "Name the decision.")


def _cancel(process: Process, node: Node) -> _Refusal | None:
    around = process.nodes.get(node.attached_to or node.scope)
    if all(event.kind != "cancel" for event in node.events) or (around is not None and around.kind == "transaction"):
        return None
    message = "Expected a transaction, but this cancel event belongs to none."
    return _Refusal("cancel-outside-transaction", message, "Use an error event instead.")


def _link(process: Process, node: Node) -> _Refusal | None:
    throws = node.kind == "intermediateThrowEvent" and any(event.kind == "link" for event in node.events)
    if not throws or len(link_targets(process, node.id)) == 1:
        return None
    message = f"Expected one link catch event of this name, but there are {len(link_targets(process, node.id))}."
    return _Refusal("link-without-catch", message, "Give both link events the same name.")


def _waits_for_nothing(_process: Process, node: Node) -> _Refusal | None:
    if node.kind not in ("receiveTask", "intermediateCatchEvent", "boundaryEvent") or node.events:
        return None
    return _Refusal("nothing-to-wait-for", "Expected an event to wait for, but there is none.", "Name a message.")


def _behind_gateway(process: Process, node: Node) -> _Refusal | None:
    if node.kind != "eventBasedGateway":
        return None
    targets = [process.nodes.get(process.flows[flow].target) for flow in node.outgoing]
    if all(target is not None and target.kind in ("intermediateCatchEvent", "receiveTask") for target in targets):
        return None
    message = "Expected only catch events and receive tasks behind this gateway, but there is something else."
    return _Refusal("event-gateway-target", message, "Put a catch event there.")


_CHECKS: tuple[Callable[[Process, Node], _Refusal | None], ...] = (
    _unsupported, _call, _decision, _cancel, _link, _waits_for_nothing, _behind_gateway,
)  # fmt: skip


def check_nodes(process: Process, findings: Findings) -> None:
    """Refuses what no element of the loop stands for."""
    for node in process.nodes.values():
        for check in _CHECKS:
            refusal = check(process, node)
            if refusal is not None:
                findings.append(finding(node, *refusal))


def check_beginning(
    process: Process, scope: Scope, plan: Plan, elements: Mapping[str, Element], findings: Findings
) -> None:
    """Refuses a process or subprocess with something in it where no token could ever start."""
    node = process.nodes.get(scope.id)
    inside = [elements[key] for key in scope.nodes if key in elements]
    by_event = node is None and any(e.behaviour == "start" or e.node.instantiate for e in inside)
    if plan.first or not inside or by_event or scope.triggered_by_event or (node and node.triggered_by_event):
        return
    place = node or inside[0].node
    message = "Expected something that no flow leads to, or a start event without definition, but there is none."
    findings.append(finding(place, "nothing-begins", message, "Add a start event."))
