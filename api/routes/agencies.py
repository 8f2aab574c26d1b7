"""Agencies: name, zone, office hours. For administrators."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.people import AgencyChanged, AgencyChanges, AgencyPage, NewAgency, SearchQuery
from engine.commands.change_agency import change_agency
from engine.commands.create_agency import create_agency
from engine.queries.organisation import list_agencies

blueprint = Resource("agencies", "Instansi")


@blueprint.route("/agencies", methods=["GET"])
@blueprint.arguments(SearchQuery, location="query")
@blueprint.response(200, AgencyPage)
def get_agencies(query: dict[str, Any]) -> Response:
    """Agencies by name."""
    return answer(list_agencies(context(), actor(), **query))


@blueprint.route("/agencies", methods=["POST"])
@blueprint.arguments(NewAgency)
@blueprint.response(201, NewAgency)
def post_agency(body: dict[str, Any]) -> Response:
    """Creates an agency."""
    return answer(create_agency(context(), actor(), **body), 201)


@blueprint.route("/agencies/<code>", methods=["PATCH"])
@blueprint.arguments(AgencyChanges)
@blueprint.response(200, AgencyChanged)
def patch_agency(body: dict[str, Any], code: str) -> Response:
    """Changes an agency, with a reason; another zone or other hours move open deadlines."""
    reason = body.pop("reason")
    return answer(change_agency(context(), actor(), code, body, reason))
