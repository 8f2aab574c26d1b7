"""Tasks: the inbox, one task, and the acts of the people who work on it."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, json_object, nothing
from api.extensions import context
from api.headers import IDEMPOTENCY_KEY, IF_MATCH, idempotency_key, if_match
from api.openapi import Resource
from api.schemas.instances import InstanceView
from api.schemas.tasks import (
    AssignSchema,
    CommentSchema,
    DataSchema,
    DelegateSchema,
    TaskBrief,
    TaskPage,
    TaskSchema,
    TasksQuery,
)
from engine.commands.assign_task import assign_task
from engine.commands.claim_task import claim_task
from engine.commands.comment_task import comment_task
from engine.commands.complete_task import complete_task
from engine.commands.delegate_task import delegate_task
from engine.commands.save_draft import save_draft
from engine.commands.unclaim_task import unclaim_task
from engine.errors import InvalidInput
from engine.queries.inbox import InboxFilter, inbox
from engine.queries.tasks import task, task_form

blueprint = Resource("tasks", "Tugas")
_DATA_BODY: dict[str, Any] = {
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"data": {"type": "object"}},
                "additionalProperties": False,
            }
        }
    }
}


@blueprint.route("/tasks", methods=["GET"])
@blueprint.arguments(TasksQuery, location="query")
@blueprint.response(200, TaskPage)
def get_tasks(query: dict[str, Any]) -> Response:
    """Open tasks that lie with you or your roles."""
    filters = InboxFilter(
        query.get("role"), query.get("assignee"), query.get("overdue"), query.get("definition"),
        query.get("instance"), query.get("q"), query.get("due_within_hours"),
    )  # fmt: skip
    found = inbox(
        context(), actor(), filters, sort=query["sort"], limit=query["limit"], cursor=query.get("cursor")
    )
    return answer(found)


@blueprint.route("/tasks/<task_id>", methods=["GET"])
@blueprint.response(200, TaskSchema, headers={"ETag": {"schema": {"type": "string"}}})
def get_task(task_id: str) -> Response:
    """One task with draft, comments and files; the ETag is for If-Match."""
    found = task(context(), actor(), task_id)
    return answer(found, headers={"ETag": found["etag"]})


@blueprint.route("/tasks/<task_id>/form", methods=["GET"])
@blueprint.response(200, {"type": "object"})
def get_task_form(task_id: str) -> Response:
    """The form of a task as form-js JSON."""
    return answer(task_form(context(), actor(), task_id))


@blueprint.route("/tasks/<task_id>/claim", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, TaskBrief)
def post_claim(task_id: str) -> Response:
    """Makes you the assignee."""
    return answer(claim_task(context(), actor(), task_id, if_match=if_match()))


@blueprint.route("/tasks/<task_id>/unclaim", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, TaskBrief)
def post_unclaim(task_id: str) -> Response:
    """Gives the task back to its lane."""
    return answer(unclaim_task(context(), actor(), task_id, if_match=if_match()))


@blueprint.route("/tasks/<task_id>/assign", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.arguments(AssignSchema)
@blueprint.response(200, TaskBrief)
def post_assign(body: dict[str, Any], task_id: str) -> Response:
    """Assigns the task to a member of its lane."""
    assigned = assign_task(
        context(), actor(), task_id, body["username"], reason=body["reason"], if_match=if_match()
    )
    return answer(assigned)


@blueprint.route("/tasks/<task_id>/delegate", methods=["POST"])
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.arguments(DelegateSchema)
@blueprint.response(200, TaskBrief)
def post_delegate(body: dict[str, Any], task_id: str) -> Response:
    """Hands the task to another person with an instruction (disposisi)."""
    delegated = delegate_task(
        context(), actor(), task_id, body["username"], body["instruction"], if_match=if_match()
    )
    return answer(delegated)


@blueprint.route("/tasks/<task_id>/complete", methods=["POST"])
@blueprint.doc(requestBody=_DATA_BODY, parameters=[IF_MATCH, IDEMPOTENCY_KEY])
@blueprint.response(200, InstanceView)
def post_complete(task_id: str) -> Response:
    """Completes the task with its form's data; answers with the instance after the step.

    A decision that leads back to an earlier activity needs its reason in the form's `catatan…` field, else 422.
    """
    body = json_object()  # by hand: the hot path, and `data` is judged by the task's form anyway
    data = body.get("data", {})
    if not isinstance(data, dict) or body.keys() - {"data"}:
        message = "Expected {data: {…}} with the form's fields inside, but got other fields."
        raise InvalidInput(message, [{"field": name, "message": message} for name in sorted(body)])
    completed = complete_task(
        context(), actor(), task_id, data, if_match=if_match(), idempotency_key=idempotency_key()
    )
    return answer(completed)


@blueprint.route("/tasks/<task_id>/draft", methods=["PUT"])
@blueprint.arguments(DataSchema)
@blueprint.response(200, DataSchema)
def put_draft(body: dict[str, Any], task_id: str) -> Response:
    """Keeps what was typed so far, valid or not."""
    return answer({"data": save_draft(context(), actor(), task_id, body["data"])})


@blueprint.route("/tasks/<task_id>/comments", methods=["POST"])
@blueprint.arguments(CommentSchema)
@blueprint.response(204)
def post_comment(body: dict[str, Any], task_id: str) -> Response:
    """Adds a comment to the task; who has it or waits for it hears of it, and the applicant if it is for them."""
    comment_task(context(), actor(), task_id, body["text"], for_applicant=body["for_applicant"])
    return nothing()
