"""What an analyst chooses from while drawing: roles, SOPs, decisions; and how FEEL and Waktu words are read."""

from collections.abc import Sequence
from typing import Any

from engine import feel
from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.diagram.relayout import laid_out_anew
from engine.errors import Forbidden
from engine.storage.definitions import known_decisions, known_keys
from engine.storage.people import all_roles
from engine.waktu import parse_waktu


def modeling_choices(context: Context, actor: Actor) -> dict[str, Any]:
    """`{roles: [{key, name}], processes: [key], decisions: [key]}`: what a diagram may refer to.

    Raises:
        Forbidden: no analyst.
    """
    _require_analyst(actor)
    with context.database.read() as connection:
        return {
            "roles": [{"key": row.key, "name": row.name} for row in all_roles(connection)],
            "processes": sorted(known_keys(connection)),
            "decisions": sorted(known_decisions(connection)),
        }


def read_waktu(actor: Actor, words: str) -> dict[str, Any]:
    """How the words of a Waktu cell are read: `{min, max, kalender, readable}`. Raises Forbidden."""
    _require_analyst(actor)
    read = parse_waktu(words)
    return {"min": read.min, "max": read.max, "kalender": read.kalender, "readable": read.readable}


def relayout(actor: Actor, xml: bytes) -> bytes:
    """The drawing with everything laid out anew, its words untouched.

    Raises:
        Forbidden: no analyst. XmlRefused, XmlTooLarge: no BPMN. InvalidInput: it cannot be laid out.
    """
    _require_analyst(actor)
    return laid_out_anew(xml)


def check_expression(expression: str, kind: str, names: Sequence[str] | None) -> dict[str, Any]:
    """What is wrong with a FEEL text, its type and the names it uses: `{valid, type, names, findings[]}`.

    Args:
        expression: as typed.
        kind: "expression", "condition" or "unary_tests".
        names: the variables there are; None when they are not known.
    """
    found = feel.describe(expression, names, kind)
    findings = [
        {
            "rule": one.rule, "message": one.message_id, "message_en": one.message_en, "line": one.line,
            "column": one.column, "suggestion": one.suggestion,
        }
        for one in found.findings
    ]  # fmt: skip
    return {"valid": not findings, "type": found.type, "names": list(found.names), "findings": findings}


def _require_analyst(actor: Actor) -> None:
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to draw an SOP, but you are none.")
