"""Parses the expressions of a node: conditions, scripts, loops, mappings. Findings name the element."""

from typing import Any

from engine.diagram.model import Flow, Node
from engine.spiff.program import Loop
from engine.spiff.script_env import Expression, NotFeel, parse, parse_script

Findings = list[dict[str, Any]]
_FEEL_FORMATS = frozenset({"", "feel", "text/feel", "application/feel"})


def finding(node: Node | Flow, rule: str, message: str, cure: str) -> dict[str, Any]:
    """One finding in the shape of `DiagramRefused.errors`."""
    return {"element": node.id, "name": node.name, "rule": rule, "message": message, "cure": cure}


def expression(text: str | None, node: Node | Flow, what: str, findings: Findings) -> Expression | None:
    """A parsed expression, None for an empty one or one that is reported."""
    if text is None or not text.strip():
        return None
    try:
        return parse(text)
    except NotFeel as error:
        findings.append(
            finding(
                node,
                "feel-syntax",
                f"Expected {what} in FEEL, but '{text.strip()}' is not: {error}",
                "Write it in FEEL.",
            )
        )
        return None


def conditions(node: Node, flows: list[Flow], findings: Findings) -> dict[str, Expression]:
    """The condition of each outgoing flow that has one; those of parallel and event-based gateways are drawing only."""
    if node.kind in ("parallelGateway", "eventBasedGateway"):
        return {}
    found = {
        flow.id: expression(flow.condition, flow, "a condition", findings) for flow in flows if flow.id != node.default
    }
    return {key: value for key, value in found.items() if value is not None}


def parsed_script(node: Node, findings: Findings) -> tuple[tuple[str, Expression], ...]:
    """The assignments of a script task."""
    if node.kind != "scriptTask":
        return ()
    if (node.script_format or "").strip().lower() not in _FEEL_FORMATS:
        findings.append(
            finding(
                node,
                "script-language",
                f"Expected a script in FEEL, but scriptFormat is '{node.script_format}'.",
                "Write lines 'name = FEEL' and set scriptFormat to feel.",
            )
        )
        return ()
    if not (node.script or "").strip():
        findings.append(
            finding(node, "script-empty", "Expected a script, but it is empty.", "Write a line 'name = FEEL'.")
        )
        return ()
    try:
        return parse_script(node.script or "")
    except NotFeel as error:
        findings.append(
            finding(node, "feel-syntax", f"Expected lines 'name = FEEL', but {error}", "Write the script in FEEL.")
        )
        return ()


def mappings(node: Node, pairs: tuple[tuple[str, str], ...], findings: Findings) -> tuple[tuple[str, Expression], ...]:
    """Input or output mappings, in order."""
    found = [(name, expression(text, node, f"the value of '{name}'", findings)) for name, text in pairs]
    return tuple((name, value) for name, value in found if value is not None)


def parsed_assignee(node: Node, findings: Findings) -> Expression | None:
    """Who shall do a task: `=FEEL`, or a user name as it stands."""
    if not node.assignee:
        return None
    text = node.assignee if node.assignee.startswith("=") else f'"{node.assignee}"'
    return expression(text, node, "the assignee", findings)


def parsed_loop(node: Node, findings: Findings) -> Loop | None:
    """The loop marking of an activity."""
    multi = node.multi
    if multi is None:
        return None
    if multi.kind == "loop" and not (multi.loop_condition or "").strip() and multi.loop_maximum is None:
        findings.append(
            finding(
                node,
                "loop-without-end",
                "Expected a loop condition or a maximum, but there is neither.",
                "Give loopCondition or loopMaximum.",
            )
        )
    if multi.kind != "loop" and not (multi.cardinality or "").strip() and not (multi.collection or "").strip():
        findings.append(
            finding(
                node,
                "multi-instance-without-number",
                "Expected a collection or a number of instances.",
                "Give loopCardinality or a collection.",
            )
        )
    output = (multi.output_item or "").strip().removeprefix("=").strip()
    return Loop(
        kind=multi.kind,
        cardinality=expression(multi.cardinality, node, "a number", findings),
        collection=expression(multi.collection, node, "a list", findings),
        item=multi.item,
        output_collection=multi.output_collection,
        output_item=expression(multi.output_item, node, "an output", findings),
        output_name=output if output.isidentifier() else None,
        completion=expression(multi.completion_condition, node, "a completion condition", findings),
        condition=expression(multi.loop_condition, node, "a loop condition", findings),
        maximum=multi.loop_maximum,
        test_before=multi.test_before,
    )
