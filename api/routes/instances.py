"""Instances (requests): start, list, read."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.headers import IDEMPOTENCY_KEY, idempotency_key
from api.openapi import Resource
from api.schemas.instances import (
    ActiveList,
    IncidentList,
    InstancePage,
    InstanceSchema,
    InstancesQuery,
    InstanceView,
    StartSchema,
    TaskList,
)
from engine.commands.start_instance import start_instance
from engine.queries.instances import (
    InstanceFilter,
    active_elements,
    incidents,
    instance,
    instance_tasks,
    list_instances,
)

blueprint = Resource("instances", "Permohonan")


def whole(items: list[Any]) -> Response:
    """A list that always fits on one page."""
    return answer({"items": items, "next_cursor": None})


def start(body: dict[str, Any]) -> Response:
    """Starts what the body asks for, as the person who asks."""
    started = start_instance(
        context(), actor(), body["definition"], body["variables"], version=body.get("version"),
        idempotency_key=idempotency_key(), start_event=body.get("start_event"),
    )  # fmt: skip
    return answer(started, 201, {"Location": f"/api/v1/instances/{started['id']}"})


@blueprint.route("/instances", methods=["POST"])
@blueprint.doc(parameters=[IDEMPOTENCY_KEY])
@blueprint.arguments(StartSchema)
@blueprint.response(201, InstanceView)
def post_instance(body: dict[str, Any]) -> Response:
    """Starts an instance of a definition."""
    return start(body)


@blueprint.route("/instances", methods=["GET"])
@blueprint.arguments(InstancesQuery, location="query")
@blueprint.response(200, InstancePage)
def get_instances(query: dict[str, Any]) -> Response:
    """Instances that you may see, newest first."""
    filters = InstanceFilter(query.get("definition"), query.get("status"), query.get("q"))
    return answer(list_instances(context(), actor(), filters, limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/instances/<instance_id>", methods=["GET"])
@blueprint.response(200, InstanceSchema)
def get_instance(instance_id: str) -> Response:
    """One instance with everything that is open."""
    return answer(instance(context(), actor(), instance_id))


@blueprint.route("/instances/<instance_id>/tasks", methods=["GET"])
@blueprint.response(200, TaskList)
def get_instance_tasks(instance_id: str) -> Response:
    """All tasks of an instance, open and closed."""
    return whole(instance_tasks(context(), actor(), instance_id))


@blueprint.route("/instances/<instance_id>/active", methods=["GET"])
@blueprint.response(200, ActiveList)
def get_active(instance_id: str) -> Response:
    """Ids of the elements where the instance stands now."""
    return whole(active_elements(context(), actor(), instance_id))


@blueprint.route("/instances/<instance_id>/incidents", methods=["GET"])
@blueprint.response(200, IncidentList)
def get_incidents(instance_id: str) -> Response:
    """What stops the instance."""
    return whole(incidents(context(), actor(), instance_id))
