"""The satisfaction survey of a request, and the index of public satisfaction (SKM)."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.surveys import AnswersSchema, SatisfactionQuery, SatisfactionSchema, SurveyReceived
from engine.commands.submit_survey import submit_survey
from engine.queries.satisfaction import satisfaction

blueprint = Resource("surveys", "Survei kepuasan masyarakat")


@blueprint.route("/instances/<instance_id>/survey", methods=["POST"])
@blueprint.arguments(AnswersSchema)
@blueprint.response(201, SurveyReceived)
def post_survey(body: dict[str, Any], instance_id: str) -> Response:
    """Answers the nine elements for an ended request of your own, once; 1 is worst, 4 is best."""
    return answer(submit_survey(context(), actor(), instance_id, body), 201)


@blueprint.route("/reports/satisfaction", methods=["GET"])
@blueprint.arguments(SatisfactionQuery, location="query")
@blueprint.response(200, SatisfactionSchema)
def get_satisfaction(query: dict[str, Any]) -> Response:
    """The index (SKM, Permenpan-RB 14/2017) in all and by SOP, agency or month; sums only."""
    return answer(satisfaction(context(), actor(), **query))
