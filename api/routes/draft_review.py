"""The life of a draft: begun, its forms and decisions, handed in, reviewed by a second person, deployed."""

import json
from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.headers import IF_MATCH, if_match
from api.openapi import Resource
from api.schemas.definitions import DeployedSchema
from api.schemas.documents import (
    ActsSchema,
    ApproveSchema,
    DeployDraftSchema,
    DraftSchema,
    NewDefinitionDraftSchema,
    ReturnSchema,
    SubmitSchema,
)
from engine.commands.approve_definition_draft import approve_definition_draft
from engine.commands.create_definition_draft import create_definition_draft
from engine.commands.delete_draft_file import delete_draft_file
from engine.commands.deploy_definition_draft import deploy_definition_draft
from engine.commands.return_definition_draft import return_definition_draft
from engine.commands.save_draft_file import save_draft_file
from engine.commands.submit_definition_draft import submit_definition_draft
from engine.errors import NotFound
from engine.queries.draft_review import sop_acts
from engine.queries.drafts import draft_contents

blueprint = Resource("draft_review", "Tinjauan rancangan")
_FORM = {"required": True, "content": {"application/json": {"schema": {"type": "object"}}}}
_DMN = {"required": True, "content": {"application/xml": {"schema": {"type": "string", "format": "binary"}}}}


@blueprint.route("/drafts/<key>", methods=["POST"])
@blueprint.arguments(NewDefinitionDraftSchema)
@blueprint.response(200, DraftSchema)
def post_draft(body: dict[str, Any], key: str) -> Response:
    """Begins a draft from what is deployed, another SOP, a small drawing or nothing; one there already stays."""
    made = create_definition_draft(
        context(), actor(), key, name=body["name"], template=body.get("template"), performers=body.get("performers")
    )
    return answer(made)


@blueprint.route("/drafts/<key>/forms/<form_key>", methods=["GET"])
@blueprint.response(200, {"type": "object"})
def get_draft_form(key: str, form_key: str) -> Response:
    """A form of a draft exactly as it was saved."""
    return Response(_file(draft_contents(context(), actor(), key).forms, form_key), content_type="application/json")


@blueprint.route("/drafts/<key>/forms/<form_key>", methods=["PUT"])
@blueprint.doc(requestBody=_FORM, parameters=[IF_MATCH])
@blueprint.response(200, DraftSchema)
def put_draft_form(key: str, form_key: str) -> Response:
    """Keeps a form-js form in a draft."""
    body = json.dumps(json_object(), ensure_ascii=False, separators=(",", ":")).encode()
    return answer(save_draft_file(context(), actor(), key, "form", form_key, body, if_match=if_match()))


@blueprint.route("/drafts/<key>/forms/<form_key>", methods=["DELETE"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, DraftSchema)
def delete_draft_form(key: str, form_key: str) -> Response:
    """Takes a form out of a draft."""
    return answer(delete_draft_file(context(), actor(), key, "form", form_key, if_match=if_match()))


@blueprint.route("/drafts/<key>/decisions/<decision_key>", methods=["GET"])
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/xml")
def get_draft_decision(key: str, decision_key: str) -> Response:
    """A DMN file of a draft exactly as it was saved."""
    body = _file(draft_contents(context(), actor(), key).decisions, decision_key)
    return Response(body, content_type="application/xml")


@blueprint.route("/drafts/<key>/decisions/<decision_key>", methods=["PUT"])
@blueprint.doc(requestBody=_DMN, parameters=[IF_MATCH])
@blueprint.response(200, DraftSchema)
def put_draft_decision(key: str, decision_key: str) -> Response:
    """Keeps a DMN file in a draft, whatever its problems."""
    if request.is_json or request.mimetype == "multipart/form-data":
        raise UnsupportedMediaType
    body = request.get_data(cache=False, parse_form_data=False)
    return answer(save_draft_file(context(), actor(), key, "decision", decision_key, body, if_match=if_match()))


@blueprint.route("/drafts/<key>/decisions/<decision_key>", methods=["DELETE"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, DraftSchema)
def delete_draft_decision(key: str, decision_key: str) -> Response:
    """Takes a DMN file out of a draft."""
    return answer(delete_draft_file(context(), actor(), key, "decision", decision_key, if_match=if_match()))


@blueprint.route("/drafts/<key>/submit", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.arguments(SubmitSchema)
@blueprint.response(200, DraftSchema)
def post_submit(body: dict[str, Any], key: str) -> Response:
    """Hands a draft without errors in for review."""
    return answer(submit_definition_draft(context(), actor(), key, body["note"], if_match=if_match()))


@blueprint.route("/drafts/<key>/approve", methods=["POST"])
@blueprint.arguments(ApproveSchema)
@blueprint.response(200, DraftSchema)
def post_approve(body: dict[str, Any], key: str) -> Response:
    """Lets a draft pass; never by who handed it in or edited it last."""
    return answer(approve_definition_draft(context(), actor(), key, body["note"], version=body["version"]))


@blueprint.route("/drafts/<key>/return", methods=["POST"])
@blueprint.arguments(ReturnSchema)
@blueprint.response(200, DraftSchema)
def post_return(body: dict[str, Any], key: str) -> Response:
    """Gives a draft back with the reason."""
    return answer(return_definition_draft(context(), actor(), key, body["reason"], version=body["version"]))


@blueprint.route("/drafts/<key>/deploy", methods=["POST"])
@blueprint.arguments(DeployDraftSchema)
@blueprint.response(201, DeployedSchema)
def post_deploy(body: dict[str, Any], key: str) -> Response:
    """Makes an approved draft the newest version, in force from the beginning of its effective day."""
    deployed = deploy_definition_draft(context(), actor(), key, body["number"], body["effective_on"], body["reason"])
    return answer(deployed, 201, {"Location": f"/api/v1/definitions/{deployed['key']}/versions/{deployed['version']}"})


@blueprint.route("/definitions/<key>/acts", methods=["GET"])
@blueprint.response(200, ActsSchema)
def get_acts(key: str) -> Response:
    """What people did with an SOP and its drafts."""
    return answer({"items": sop_acts(context(), actor(), key)})


def _file(files: Any, name: str) -> bytes:
    if name not in files:
        raise NotFound(f"Expected '{name}' in this draft, but there is none.")
    return bytes(files[name])
