"""Drafts of definitions: what analysts draw before it is right."""

from typing import Any

from flask import Response, request
from werkzeug.exceptions import UnsupportedMediaType

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.schemas.documents import DraftPage, DraftPageQuery, DraftQuery, DraftSchema
from engine.commands.delete_definition_draft import delete_definition_draft
from engine.commands.save_definition_draft import save_definition_draft
from engine.queries.drafts import draft, list_drafts

blueprint = Resource("drafts", "Rancangan diagram")
_XML = {"schema": {"type": "string", "format": "binary"}}


@blueprint.route("/drafts", methods=["GET"])
@blueprint.arguments(DraftPageQuery, location="query")
@blueprint.response(200, DraftPage)
def get_drafts(query: dict[str, Any]) -> Response:
    """All drafts by key."""
    return answer(list_drafts(context(), actor(), limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/drafts/<key>", methods=["PUT"])
@blueprint.doc(requestBody={"required": True, "content": {"application/xml": _XML}})
@blueprint.arguments(DraftQuery, location="query")
@blueprint.response(200, DraftSchema)
def put_draft(query: dict[str, Any], key: str) -> Response:
    """Keeps a diagram as a draft, whatever its problems."""
    if request.is_json or request.mimetype == "multipart/form-data":
        raise UnsupportedMediaType
    xml = request.get_data(cache=False, parse_form_data=False)
    saved = save_definition_draft(
        context(), actor(), key, xml, name=query["name"], profile=query.get("profile"),
        base_version=query.get("base_version"),
    )  # fmt: skip
    return answer(saved)


@blueprint.route("/drafts/<key>", methods=["GET"])
@blueprint.response(200, DraftSchema)
def get_draft(key: str) -> Response:
    """What is known of a draft."""
    return answer(draft(context(), actor(), key)[0])


@blueprint.route("/drafts/<key>/bpmn", methods=["GET"])
@blueprint.response(200, {"type": "string", "format": "binary"}, content_type="application/xml")
def get_draft_bpmn(key: str) -> Response:
    """The diagram of a draft exactly as it was saved."""
    return Response(draft(context(), actor(), key)[1], content_type="application/xml")


@blueprint.route("/drafts/<key>", methods=["DELETE"])
@blueprint.response(204)
def delete_draft(key: str) -> Response:
    """Throws a draft away."""
    delete_definition_draft(context(), actor(), key)
    return nothing()
