"""What administrators run: the working calendar, and messages that could not be delivered."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.schemas.people import CalendarChanged, CalendarSchema, OutboxPage, OutboxQuery
from engine.commands.change_calendar import change_calendar
from engine.commands.resend_message import resend_message
from engine.queries.outbox import list_outbox

blueprint = Resource("operations", "Kalender kerja dan pengiriman")


@blueprint.route("/calendar/changes", methods=["POST"])
@blueprint.arguments(CalendarSchema)
@blueprint.response(201, CalendarChanged)
def post_calendar(body: dict[str, Any]) -> Response:
    """Adds days off by decree and moves open deadlines; the past stays."""
    changes = [
        change | {name: change[name] and change[name].isoformat() for name in ("date", "until")}
        for change in body["changes"]
    ]
    return answer(change_calendar(context(), actor(), changes, decree=body["decree"]), 201)


@blueprint.route("/outbox", methods=["GET"])
@blueprint.arguments(OutboxQuery, location="query")
@blueprint.response(200, OutboxPage)
def get_outbox(query: dict[str, Any]) -> Response:
    """Messages to the outside by status; dead letters by default."""
    page = list_outbox(
        context(), actor(), status=query["status"], limit=query["limit"], cursor=query.get("cursor")
    )
    return answer(page)


@blueprint.route("/outbox/<message_id>/resend", methods=["POST"])
@blueprint.response(204)
def post_resend(message_id: str) -> Response:
    """Sends a dead letter again."""
    resend_message(context(), actor(), message_id)
    return nothing()
