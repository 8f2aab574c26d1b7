"""Definitions: validate, deploy, list, read."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.definitions import (
    DefinitionPage,
    DefinitionSchema,
    DefinitionsQuery,
    DeployedSchema,
    ProfileQuery,
    VerdictSchema,
    VersionQuery,
)
from api.uploads import XML_BODY, diagram_upload
from engine.commands.deploy_decision import deploy_decision
from engine.commands.deploy_definition import deploy_definition
from engine.commands.validate_definition import validate_definition
from engine.queries.definitions import definition, definition_form, definition_xml, list_definitions
from engine.queries.modeling import relayout

blueprint = Resource("definitions", "Definisi SOP")
BPMN = "application/xml"
XML_ANSWER = {"type": "string", "format": "binary"}


@blueprint.route("/definitions/validate", methods=["POST"])
@blueprint.doc(requestBody=XML_BODY)
@blueprint.arguments(ProfileQuery, location="query")
@blueprint.response(200, VerdictSchema)
def post_validate(query: dict[str, Any]) -> Response:
    """Everything wrong with a diagram, all problems in one answer; stores nothing."""
    upload = diagram_upload()
    return answer(validate_definition(context(), actor(), upload.xml, profile=query["profile"], forms=upload.forms))


@blueprint.route("/definitions/layout", methods=["POST"])
@blueprint.doc(requestBody=XML_BODY)
@blueprint.response(200, XML_ANSWER, content_type=BPMN)
def post_layout() -> Response:
    """A diagram with everything laid out anew, its words untouched; stores nothing."""
    return Response(relayout(actor(), diagram_upload().xml), content_type=BPMN)


@blueprint.route("/definitions", methods=["POST"])
@blueprint.doc(requestBody=XML_BODY)
@blueprint.arguments(ProfileQuery, location="query")
@blueprint.response(201, DeployedSchema)
def post_definition(query: dict[str, Any]) -> Response:
    """Deploys a diagram with its forms, after the decisions that came with it; the same content is the same version."""
    upload = diagram_upload()
    for decision in upload.decisions:
        deploy_decision(context(), actor(), decision)
    deployed = deploy_definition(context(), actor(), upload.xml, profile=query["profile"], forms=upload.forms)
    return answer(deployed, 201, {"Location": f"/api/v1/definitions/{deployed['key']}/versions/{deployed['version']}"})


@blueprint.route("/definitions", methods=["GET"])
@blueprint.arguments(DefinitionsQuery, location="query")
@blueprint.response(200, DefinitionPage)
def get_definitions(query: dict[str, Any]) -> Response:
    """The version in force of every definition, by key."""
    return answer(list_definitions(context(), q=query.get("q"), limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/definitions/<key>", methods=["GET"])
@blueprint.response(200, DefinitionSchema)
def get_definition(key: str) -> Response:
    """The version of a definition that is in force."""
    return answer(definition(context(), key))


@blueprint.route("/definitions/<key>/versions/<int(max=2147483647):version>", methods=["GET"])
@blueprint.response(200, DefinitionSchema)
def get_definition_version(key: str, version: int) -> Response:
    """One version of a definition."""
    return answer(definition(context(), key, version))


@blueprint.route("/definitions/<key>/bpmn", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, XML_ANSWER, content_type=BPMN)
def get_bpmn(query: dict[str, Any], key: str) -> Response:
    """The diagram exactly as it was deployed."""
    return Response(definition_xml(context(), key, query.get("version")), content_type=BPMN)


@blueprint.route("/definitions/<key>/versions/<int(max=2147483647):version>/bpmn", methods=["GET"])
@blueprint.response(200, XML_ANSWER, content_type=BPMN)
def get_version_bpmn(key: str, version: int) -> Response:
    """The diagram of one version exactly as it was deployed."""
    return Response(definition_xml(context(), key, version), content_type=BPMN)


@blueprint.route("/definitions/<key>/forms/<form_key>", methods=["GET"])
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, {"type": "object"})
def get_form(query: dict[str, Any], key: str, form_key: str) -> Response:
    """A form of a definition, form-js JSON exactly as it was deployed."""
    body = definition_form(context(), key, form_key, query.get("version"))
    return Response(body, content_type="application/json")
