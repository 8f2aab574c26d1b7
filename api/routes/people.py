"""Administration of people: persons, roles, posts, assignments. For administrators."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.routes.instances import whole
from api.schemas.people import (
    AssignmentEnded,
    AssignmentPage,
    AssignmentSchema,
    AssignmentsQuery,
    CreatedPerson,
    EndAssignment,
    NewAssignment,
    NewPerson,
    NewPost,
    NewRole,
    OneTimePassword,
    PeopleQuery,
    PersonChanged,
    PersonChanges,
    PersonList,
    PostChanged,
    PostChanges,
    PostItem,
    PostList,
    ReasonForPerson,
    RoleChanged,
    RoleChanges,
    RoleList,
)
from engine.commands.assign_post import assign_post
from engine.commands.change_person import change_person
from engine.commands.change_post import change_post
from engine.commands.change_role import change_role
from engine.commands.create_person import create_person
from engine.commands.create_post import create_post
from engine.commands.create_role import create_role
from engine.commands.end_assignment import end_assignment
from engine.commands.reset_password import reset_password
from engine.queries.acting import AssignmentFilter, list_assignments
from engine.queries.directory import PeopleFilter, search_people
from engine.queries.people import list_people, list_posts, list_roles

blueprint = Resource("people", "Orang, jabatan, peran")


@blueprint.route("/people", methods=["GET"])
@blueprint.arguments(PeopleQuery, location="query")
@blueprint.response(200, PersonList)
def get_people(query: dict[str, Any]) -> Response:
    """Every active person with today's posts and roles; with a search or a limit, page by page."""
    if not query:
        return whole(list_people(context(), actor()))
    filters = PeopleFilter(query.get("q"), query.get("agency"), query.get("kind"), query.get("state"))
    found = search_people(context(), actor(), filters, limit=query.get("limit", 50), cursor=query.get("cursor"))
    return answer(found)


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


@blueprint.route("/people/<username>/password/reset", methods=["POST"])
@blueprint.arguments(ReasonForPerson)
@blueprint.response(200, OneTimePassword)
def post_password_reset(body: dict[str, Any], username: str) -> Response:
    """Gives a one-time password, with a reason; every token of the person ends."""
    return answer(reset_password(context(), actor(), username, body["reason"]))


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


@blueprint.route("/roles/<key>", methods=["PATCH"])
@blueprint.arguments(RoleChanges)
@blueprint.response(200, RoleChanged)
def patch_role(body: dict[str, Any], key: str) -> Response:
    """Changes a role, with a reason."""
    reason = body.pop("reason")
    return answer(change_role(context(), actor(), key, body, reason))


@blueprint.route("/posts", methods=["POST"])
@blueprint.arguments(NewPost)
@blueprint.response(201, PostItem)
def post_post(body: dict[str, Any]) -> Response:
    """Creates a post."""
    return answer(create_post(context(), actor(), **body), 201)


@blueprint.route("/posts/<int(max=2147483647):post_id>", methods=["PATCH"])
@blueprint.arguments(PostChanges)
@blueprint.response(200, PostChanged)
def patch_post(body: dict[str, Any], post_id: int) -> Response:
    """Changes a post, with a reason."""
    reason = body.pop("reason")
    return answer(change_post(context(), actor(), post_id, body, reason))


@blueprint.route("/assignments", methods=["GET"])
@blueprint.arguments(AssignmentsQuery, location="query")
@blueprint.response(200, AssignmentPage)
def get_assignments(query: dict[str, Any]) -> Response:
    """Who holds which post from when to when, the latest to begin first."""
    limit, cursor = query.pop("limit"), query.pop("cursor", None)
    return answer(list_assignments(context(), actor(), AssignmentFilter(**query), limit=limit, cursor=cursor))


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
