"""Notifications: what came to a person lately, and what of it was read."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.schemas.notifications import NotificationPage, NotificationsQuery, ReadSchema, UnreadSchema
from engine.commands.read_notifications import read_notifications
from engine.queries.notifications import notifications, unread

blueprint = Resource("notifications", "Pemberitahuan")


@blueprint.route("/notifications", methods=["GET"])
@blueprint.arguments(NotificationsQuery, location="query")
@blueprint.response(200, NotificationPage)
def get_notifications(query: dict[str, Any]) -> Response:
    """New tasks, dispositions, comments, missed deadlines and ended requests of the last thirty days."""
    return answer(notifications(context(), actor(), limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/notifications/unread", methods=["GET"])
@blueprint.response(200, UnreadSchema)
def get_unread() -> Response:
    """How many you have not read, at most 100."""
    return answer({"unread": unread(context(), actor())})


@blueprint.route("/notifications/read", methods=["POST"])
@blueprint.arguments(ReadSchema)
@blueprint.response(204)
def post_read(body: dict[str, Any]) -> Response:
    """Marks notifications as read."""
    read_notifications(context(), actor(), body["ids"])
    return nothing()
