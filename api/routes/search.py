"""Requests by anything: number, person, post, SOP, agency, period, status, lateness, data."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.search import SearchPage, SearchQuery
from engine.data_conditions import parse_conditions
from engine.queries.search import RequestFilter, search

blueprint = Resource("search", "Pencarian")
_SAME = ("q", "person", "part", "post", "definition", "agency", "status", "since", "until", "late")


def wanted(query: dict[str, Any]) -> RequestFilter:
    """The filter that a query string asks for. Raises InvalidInput."""
    named = {name: query[name] for name in _SAME if name in query}
    return RequestFilter(**named, data=parse_conditions(query.get("data", "")))


@blueprint.route("/instances/search", methods=["GET"])
@blueprint.arguments(SearchQuery, location="query")
@blueprint.response(200, SearchPage)
def get_search(query: dict[str, Any]) -> Response:
    """Instances that you may see and that match, newest first, in bounded time."""
    return answer(search(context(), actor(), wanted(query), limit=query["limit"], cursor=query.get("cursor")))
