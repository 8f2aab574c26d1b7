"""Administration of people: persons, agencies, roles, posts, assignments, tokens. For administrators."""

from datetime import timedelta
from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.openapi import Resource
from api.routes.instances import whole
from api.schemas.people import (
    AssignmentEnded,
    AssignmentSchema,
    CreatedPerson,
    EndAssignment,
    IssuedToken,
    NewAgency,
    NewAssignment,
    NewPerson,
    NewPost,
    NewRole,
    NewToken,
    PersonChanged,
    PersonChanges,
    PersonList,
    PostItem,
    PostList,
    RoleList,
)
from engine.commands.assign_post import assign_post
from engine.commands.change_person import change_person
from engine.commands.create_agency import create_agency
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.create_role import create_role
from engine.commands.end_assignment import end_assignment
from engine.commands.issue_token import issue_token
from engine.commands.revoke_token import revoke_token
from engine.queries.people import list_people, list_posts, list_roles

blueprint = Resource("people", "Orang, jabatan, peran")


@blueprint.route("/people", methods=["GET"])
@blueprint.response(200, PersonList)
def get_people() -> Response:
    """Every active person with today's posts and roles."""
    return whole(list_people(context(), actor()))


@blueprint.route("/people", methods=["POST"])
@blueprint.arguments(NewPerson)
@blueprint.response(201, CreatedPerson)
def post_person(body: dict[str, Any]) -> Response:
    """Creates a person."""
    return answer(create_person(context(), actor(), **body), 201)


@blueprint.route("/people/<username>", methods=["PATCH"])
@blueprint.arguments(PersonChanges)
@blueprint.response(200, PersonChanged)
def patch_person(body: dict[str, Any], username: str) -> Response:
    """Changes a person, with a reason."""
    reason = body.pop("reason")
    return answer(change_person(context(), actor(), username, body, reason))


@blueprint.route("/people/<username>/tokens", methods=["POST"])
@blueprint.arguments(NewToken)
@blueprint.response(201, IssuedToken)
def post_token(body: dict[str, Any], username: str) -> Response:
    """Issues an API token: for oneself, or by administrators for others."""
    life = timedelta(hours=body["hours"])
    return answer(issue_token(context(), actor(), username, life=life, name=body["name"]), 201)


@blueprint.route("/tokens/<int(max=2147483647):token_id>", methods=["DELETE"])
@blueprint.response(204)
def delete_token(token_id: int) -> Response:
    """Revokes an API token."""
    revoke_token(context(), actor(), token_id)
    return nothing()


@blueprint.route("/agencies", methods=["POST"])
@blueprint.arguments(NewAgency)
@blueprint.response(201, NewAgency)
def post_agency(body: dict[str, Any]) -> Response:
    """Creates an agency."""
    return answer(create_agency(context(), actor(), **body), 201)


@blueprint.route("/roles", methods=["GET"])
@blueprint.response(200, RoleList)
def get_roles() -> Response:
    """Every role with its superior."""
    return whole(list_roles(context(), actor()))


@blueprint.route("/roles", methods=["POST"])
@blueprint.arguments(NewRole)
@blueprint.response(201, NewRole)
def post_role(body: dict[str, Any]) -> Response:
    """Creates a role, or changes its name and superior."""
    return answer(create_role(context(), actor(), **body), 201)


@blueprint.route("/posts", methods=["GET"])
@blueprint.response(200, PostList)
def get_posts() -> Response:
    """Every post with the roles it gives."""
    return whole(list_posts(context(), actor()))


@blueprint.route("/posts", methods=["POST"])
@blueprint.arguments(NewPost)
@blueprint.response(201, PostItem)
def post_post(body: dict[str, Any]) -> Response:
    """Creates a post."""
    return answer(create_post(context(), actor(), **body), 201)


@blueprint.route("/assignments", methods=["POST"])
@blueprint.arguments(NewAssignment)
@blueprint.response(201, AssignmentSchema)
def post_assignment(body: dict[str, Any]) -> Response:
    """Gives a person a post, for good or as Plt./Plh."""
    return answer(assign_post(context(), actor(), **body), 201)


@blueprint.route("/assignments/<int(max=2147483647):assignment_id>/end", methods=["POST"])
@blueprint.arguments(EndAssignment)
@blueprint.response(200, AssignmentEnded)
def post_assignment_end(body: dict[str, Any], assignment_id: int) -> Response:
    """Sets the last day of an assignment."""
    ended = end_assignment(
        context(), actor(), assignment_id, valid_until=body["valid_until"], reason=body["reason"]
    )
    return answer(ended)
