"""Drafts of requests: start forms that are filled in bit by bit, for their writer only."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.routes.instances import whole
from api.schemas.request_drafts import (
    DraftChangeSchema,
    NamedDraftSchema,
    NewDraftSchema,
    RequestDraftList,
    RequestDraftSchema,
)
from engine.commands.delete_request_draft import delete_request_draft
from engine.commands.save_request_draft import save_request_draft
from engine.queries.request_drafts import list_request_drafts, request_draft

blueprint = Resource("request_drafts", "Konsep permohonan")


@blueprint.route("/public/drafts", methods=["GET"])
@blueprint.response(200, RequestDraftList)
def get_request_drafts() -> Response:
    """Your drafts, newest first."""
    return whole(list_request_drafts(context(), actor()))


@blueprint.route("/public/drafts", methods=["POST"])
@blueprint.arguments(NewDraftSchema)
@blueprint.response(201, RequestDraftSchema)
def post_request_draft(body: dict[str, Any]) -> Response:
    """Keeps a start form for 30 days, whatever its validity."""
    return answer(save_request_draft(context(), actor(), body["definition"], body["variables"]), 201)


@blueprint.route("/public/drafts/<draft_id>", methods=["GET"])
@blueprint.response(200, NamedDraftSchema)
def get_request_draft(draft_id: str) -> Response:
    """One draft of yours."""
    return answer(request_draft(context(), actor(), draft_id))


@blueprint.route("/public/drafts/<draft_id>", methods=["PUT"])
@blueprint.arguments(DraftChangeSchema)
@blueprint.response(200, RequestDraftSchema)
def put_request_draft(body: dict[str, Any], draft_id: str) -> Response:
    """Replaces what was filled in; the 30 days begin anew."""
    known = request_draft(context(), actor(), draft_id)
    saved = save_request_draft(context(), actor(), known["definition"], body["variables"], draft_id=draft_id)
    return answer(saved)


@blueprint.route("/public/drafts/<draft_id>", methods=["DELETE"])
@blueprint.response(204)
def delete_draft(draft_id: str) -> Response:
    """Deletes a draft of yours."""
    delete_request_draft(context(), actor(), draft_id)
    return nothing()
