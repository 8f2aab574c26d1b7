"""Messages and signals from connected systems."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.headers import IDEMPOTENCY_KEY, idempotency_key
from api.openapi import Resource
from api.schemas.events import MessageSchema, SignalSchema, SignalView
from api.schemas.instances import InstanceView
from engine.commands.send_message import send_message
from engine.commands.send_signal import send_signal

blueprint = Resource("events", "Pesan dan sinyal")


@blueprint.route("/messages", methods=["POST"])
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
@blueprint.arguments(MessageSchema)
@blueprint.response(200, InstanceView)
def post_message(body: dict[str, Any]) -> Response:
    """Delivers a message to the one instance that waits for it, or starts a definition that begins with it."""
    taken = send_message(
        context(), actor(), body["name"], body.get("correlation"), body["variables"],
        idempotency_key=idempotency_key(),
    )  # fmt: skip
    return answer(taken)


@blueprint.route("/signals", methods=["POST"])
@blueprint.arguments(SignalSchema)
@blueprint.response(200, SignalView)
def post_signal(body: dict[str, Any]) -> Response:
    """Broadcasts a signal to all that wait for it."""
    return answer(send_signal(context(), actor(), body["name"], body["variables"]))
