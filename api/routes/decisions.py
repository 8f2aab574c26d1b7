"""Decisions: deploy, list, read, evaluate."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.decisions import (
    DecisionDeployedSchema,
    DecisionList,
    DecisionVersionQuery,
    EvaluatedSchema,
    EvaluateSchema,
)
from engine.commands.deploy_decision import deploy_decision
from engine.commands.evaluate_decision import evaluate_decision
from engine.queries.decisions import decision_xml, list_decisions

blueprint = Resource("decisions", "Keputusan (DMN)")
DMN = "application/xml"
_BODY = {"required": True, "content": {DMN: {"schema": {"type": "string", "format": "binary"}}}}
_FILE = {"type": "string", "format": "binary"}


@blueprint.route("/decisions", methods=["POST"])
@blueprint.doc(requestBody=_BODY)
@blueprint.response(201, DecisionDeployedSchema)
def post_decision() -> Response:
    """Deploys a DMN file; the same bytes are the same version."""
    if request.is_json:
        raise UnsupportedMediaType
    deployed = deploy_decision(context(), actor(), request.get_data(cache=False, parse_form_data=False))
    return answer(deployed, 201, {"Location": f"/api/v1/decisions/{deployed['key']}/dmn"})


@blueprint.route("/decisions", methods=["GET"])
@blueprint.response(200, DecisionList)
def get_decisions() -> Response:
    """The newest version of every decision model."""
    return answer({"items": list_decisions(context()), "next_cursor": None})


@blueprint.route("/decisions/<key>/dmn", methods=["GET"])
@blueprint.arguments(DecisionVersionQuery, location="query")
@blueprint.response(200, _FILE, content_type=DMN)
def get_decision(query: dict[str, Any], key: str) -> Response:
    """The DMN file exactly as it was deployed."""
    return Response(decision_xml(context(), key, query.get("version")), mimetype=DMN)


@blueprint.route("/decisions/<key>/evaluate", methods=["POST"])
@blueprint.arguments(EvaluateSchema)
@blueprint.response(200, EvaluatedSchema)
def post_evaluate(body: dict[str, Any], key: str) -> Response:
    """Evaluates a decision on variables."""
    found = evaluate_decision(
        context(), key, body["variables"], decision=body.get("decision"), version=body.get("version")
    )
    return answer(found)
