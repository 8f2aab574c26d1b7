"""The forms and decisions of a draft by key, each with the elements of the drawing that use it."""

from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.decisions import parse_decisions
from engine.diagram.model import Node
from engine.diagram.parse import parse_diagram
from engine.errors import AlurError
from engine.queries.drafts import draft_contents


def draft_parts(context: Context, actor: Actor, key: str) -> list[dict[str, Any]]:
    """`[{part, key, used_by: [name]}]`, forms first; `part` is "form" or "decision".

    Raises:
        Forbidden: who may not read this draft. NotFound: no such draft.
    """
    found = draft_contents(context, actor, key)
    nodes = _nodes(found.xml)
    forms = [
        {"part": "form", "key": name, "used_by": [_name(node) for node in nodes if node.form_key == name]}
        for name in found.forms
    ]
    decisions = []
    for name, body in found.decisions.items():
        called = {name, *_inside(body)}
        users = [_name(node) for node in nodes if node.kind == "businessRuleTask" and node.called in called]
        decisions.append({"part": "decision", "key": name, "used_by": users})
    return [*forms, *decisions]


def _nodes(xml: bytes) -> list[Node]:
    """What is drawn; nothing while the drawing cannot be read."""
    try:
        return [node for process in parse_diagram(xml).processes for node in process.nodes.values()]
    except AlurError:
        return []


def _inside(decision: bytes) -> set[str]:
    try:
        return {one.id for one in parse_decisions(decision).decisions}
    except AlurError:
        return set()


def _name(node: Node) -> str:
    return node.name or node.id
