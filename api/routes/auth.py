"""Tokens for passwords, and who one is."""

from typing import Any

from flask import Response, request

from api.auth import actor, public
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.schemas.auth import LoginSchema, PersonSchema, RegisteredSchema, RegistrationSchema, TokenSchema
from engine.commands.log_in import log_in
from engine.commands.log_out import log_out
from engine.commands.register_person import register_person
from engine.queries.people import describe

blueprint = Resource("auth", "Masuk dan identitas")


@blueprint.route("/auth/token", methods=["POST"])
@public
@blueprint.doc(security=[])
@blueprint.arguments(LoginSchema)
@blueprint.response(200, TokenSchema)
def create_token(body: dict[str, Any]) -> Response:
    """A token for a user name and password."""
    return answer(log_in(context(), body["username"], body["password"], request.remote_addr or "-"))


@blueprint.route("/public/registrations", methods=["POST"])
@public
@blueprint.doc(security=[])
@blueprint.arguments(RegistrationSchema)
@blueprint.response(201, RegisteredSchema)
def post_registration(body: dict[str, Any]) -> Response:
    """Makes a citizen's own account, where the site takes registrations; throttled by address."""
    return answer(register_person(context(), body, request.remote_addr or "-"), 201)


@blueprint.route("/auth/token", methods=["DELETE"])
@blueprint.response(204)
def delete_token() -> Response:
    """Revokes the token of this request."""
    log_out(context(), request.headers["Authorization"].partition(" ")[2].strip())
    return nothing()


@blueprint.route("/auth/me", methods=["GET"])
@blueprint.response(200, PersonSchema)
def get_me() -> Response:
    """The person behind the token, with today's posts and roles."""
    return answer(describe(actor()))
