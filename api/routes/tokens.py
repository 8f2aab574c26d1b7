"""API tokens: one's own, and everybody's for administrators. A secret is shown once, when it is issued."""

from datetime import timedelta
from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.schemas.people import IssuedToken, NewToken, ReasonForPerson, TokenPage, TokensQuery, TokensRevoked
from engine.commands.issue_token import issue_token
from engine.commands.revoke_token import revoke_token
from engine.commands.revoke_tokens import revoke_tokens
from engine.queries.tokens import list_tokens

blueprint = Resource("tokens", "Token API")


@blueprint.route("/tokens", methods=["GET"])
@blueprint.arguments(TokensQuery, location="query")
@blueprint.response(200, TokenPage)
def get_tokens(query: dict[str, Any]) -> Response:
    """Tokens without their secrets: your own by your user name, anybody's for administrators."""
    return answer(list_tokens(context(), actor(), **query))


@blueprint.route("/people/<username>/tokens", methods=["POST"])
@blueprint.arguments(NewToken)
@blueprint.response(201, IssuedToken)
def post_token(body: dict[str, Any], username: str) -> Response:
    """Issues an API token: for oneself, or by administrators for others."""
    life = timedelta(hours=body["hours"])
    return answer(issue_token(context(), actor(), username, life=life, name=body["name"]), 201)


@blueprint.route("/people/<username>/tokens/revoke", methods=["POST"])
@blueprint.arguments(ReasonForPerson)
@blueprint.response(200, TokensRevoked)
def post_revocation(body: dict[str, Any], username: str) -> Response:
    """Revokes every token of a person: one's own, or anybody's as an administrator."""
    return answer(revoke_tokens(context(), actor(), username, body["reason"]))


@blueprint.route("/tokens/<int(max=2147483647):token_id>", methods=["DELETE"])
@blueprint.response(204)
def delete_token(token_id: int) -> Response:
    """Revokes an API token."""
    revoke_token(context(), actor(), token_id)
    return nothing()
