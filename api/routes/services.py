"""The public's endpoints: which services there are, asking for one (logged in), and where a request is."""

from typing import Any

from flask import Response

from api.auth import public
from api.body import answer
from api.extensions import context
from api.headers import IDEMPOTENCY_KEY
from api.openapi import Resource
from api.routes.instances import start, whole
from api.schemas.instances import InstanceView
from api.schemas.services import RequestSchema, ServiceList, TrackSchema
from engine.queries.services import services
from engine.queries.tracking import track

blueprint = Resource("public", "Layanan publik")


@blueprint.route("/public/services", methods=["GET"])
@public
@blueprint.doc(security=[])
@blueprint.response(200, ServiceList)
def get_services() -> Response:
    """The services that citizens may ask for."""
    return whole(services(context()))


@blueprint.route("/public/requests", methods=["POST"])
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
@blueprint.arguments(RequestSchema)
@blueprint.response(201, InstanceView)
def post_request(body: dict[str, Any]) -> Response:
    """Asks for a service; the answer carries the registration number."""
    return start(body)


@blueprint.route("/public/track/<registration_number>", methods=["GET"])
@public
@blueprint.doc(security=[])
@blueprint.response(200, TrackSchema)
def get_track(registration_number: str) -> Response:
    """Where a request is: status and steps, without names or contents."""
    return answer(track(context(), registration_number))
