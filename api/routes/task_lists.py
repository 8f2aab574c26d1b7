"""Saved views of the task list, and acts on many tasks at once."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, nothing
from api.bulk import bulk
from api.extensions import context
from api.openapi import Resource
from api.routes.instances import whole
from api.schemas.task_lists import BulkSchema, NewView, Outcomes, ViewChanges, ViewList, ViewSchema
from engine.commands.change_view import change_view
from engine.commands.delete_view import delete_view
from engine.commands.save_view import save_view
from engine.queries.views import views

blueprint = Resource("task_lists", "Daftar tugas")
_VIEW = "/task-views/<int(max=2147483647):view_id>"


@blueprint.route("/task-views", methods=["GET"])
@blueprint.response(200, ViewList)
def get_views() -> Response:
    """Your saved views of the task list, by name."""
    return whole(views(context(), actor()))


@blueprint.route("/task-views", methods=["POST"])
@blueprint.arguments(NewView)
@blueprint.response(201, ViewSchema)
def post_view(body: dict[str, Any]) -> Response:
    """Keeps filters of the task list under a name."""
    saved = save_view(context(), actor(), body["name"], body["filters"], default=body["default"])
    return answer(saved, 201)


@blueprint.route(_VIEW, methods=["PATCH"])
@blueprint.arguments(ViewChanges)
@blueprint.response(200, ViewSchema)
def patch_view(body: dict[str, Any], view_id: int) -> Response:
    """Renames a view, gives it other filters, or makes it the one the list opens with."""
    return answer(change_view(context(), actor(), view_id, **body))


@blueprint.route(_VIEW, methods=["DELETE"])
@blueprint.response(204)
def delete_view_(view_id: int) -> Response:
    """Throws a view away."""
    delete_view(context(), actor(), view_id)
    return nothing()


@blueprint.route("/tasks/bulk", methods=["POST"])
@blueprint.arguments(BulkSchema)
@blueprint.response(200, Outcomes)
def post_bulk(body: dict[str, Any]) -> Response:
    """Claims, assigns or delegates up to 100 tasks; answers for each what became of it."""
    return whole(bulk(actor(), **body))
