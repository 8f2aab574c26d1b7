"""FEEL for the modeler: what is wrong with an expression, which names it uses, what it gives."""

from typing import Any

from flask import Response

from api.body import answer
from api.openapi import Resource
from api.schemas.feel import FeelSchema, FeelVerdictSchema
from engine import feel

blueprint = Resource("feel", "FEEL")


@blueprint.route("/feel/check", methods=["POST"])
@blueprint.arguments(FeelSchema)
@blueprint.response(200, FeelVerdictSchema)
def post_check(body: dict[str, Any]) -> Response:
    """Checks an expression as the modeler types it; `names` are the variables there are, unless they are not known."""
    names = body.get("names")
    found = feel.describe(body["expression"], names, body["kind"])
    findings = [
        {
            "rule": one.rule, "message": one.message_id, "message_en": one.message_en, "line": one.line,
            "column": one.column, "suggestion": one.suggestion,
        }
        for one in found.findings
    ]  # fmt: skip
    verdict = {"valid": not findings, "type": found.type, "names": list(found.names), "findings": findings}
    return answer(verdict)
