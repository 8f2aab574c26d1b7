"""FEEL for the modeler: what is wrong with an expression, which names it uses, what it gives."""

from typing import Any

from flask import Response

from api.body import answer
from api.openapi import Resource
from api.schemas.feel import FeelSchema, FeelVerdictSchema
from engine.queries.modeling import check_expression

blueprint = Resource("feel", "FEEL")


@blueprint.route("/feel/check", methods=["POST"])
@blueprint.arguments(FeelSchema)
@blueprint.response(200, FeelVerdictSchema)
def post_check(body: dict[str, Any]) -> Response:
    """Checks an expression as the modeler types it; `names` are the variables there are, unless they are not known."""
    return answer(check_expression(body["expression"], body["kind"], body.get("names")))
