"""Interventions of administrators, each with a reason that the history keeps."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.instances import InstanceView, MigrateSchema, ModifySchema, ReasonSchema, RetrySchema
from engine.commands.cancel_instance import cancel_instance
from engine.commands.migrate_instance import migrate_instance
from engine.commands.modify_instance import modify_instance
from engine.commands.resume_instance import resume_instance
from engine.commands.retry_instance import retry_instance
from engine.commands.suspend_instance import suspend_instance

blueprint = Resource("interventions", "Intervensi")


@blueprint.route("/instances/<instance_id>/cancel", methods=["POST"])
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, InstanceView)
def post_cancel(body: dict[str, Any], instance_id: str) -> Response:
    """Ends the instance before its end event."""
    return answer(cancel_instance(context(), actor(), instance_id, body["reason"]))


@blueprint.route("/instances/<instance_id>/suspend", methods=["POST"])
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, InstanceView)
def post_suspend(body: dict[str, Any], instance_id: str) -> Response:
    """Stops the instance until it is resumed."""
    return answer(suspend_instance(context(), actor(), instance_id, body["reason"]))


@blueprint.route("/instances/<instance_id>/resume", methods=["POST"])
@blueprint.arguments(ReasonSchema)
@blueprint.response(200, InstanceView)
def post_resume(body: dict[str, Any], instance_id: str) -> Response:
    """Lets a suspended instance go on."""
    return answer(resume_instance(context(), actor(), instance_id, body["reason"]))


@blueprint.route("/instances/<instance_id>/retry", methods=["POST"])
@blueprint.arguments(RetrySchema)
@blueprint.response(200, InstanceView)
def post_retry(body: dict[str, Any], instance_id: str) -> Response:
    """Retries what an incident stopped, after correcting variables."""
    retried = retry_instance(
        context(), actor(), instance_id, body["reason"], token=body.get("token"), variables=body.get("variables")
    )
    return answer(retried)


@blueprint.route("/instances/<instance_id>/modify", methods=["POST"])
@blueprint.arguments(ModifySchema)
@blueprint.response(200, InstanceView)
def post_modify(body: dict[str, Any], instance_id: str) -> Response:
    """Moves tokens and corrects variables by hand."""
    modified = modify_instance(
        context(), actor(), instance_id, body["reason"], activate=body["activate"], cancel=body["cancel"],
        variables=body.get("variables"),
    )  # fmt: skip
    return answer(modified)


@blueprint.route("/instances/<instance_id>/migrate", methods=["POST"])
@blueprint.arguments(MigrateSchema)
@blueprint.response(200, InstanceView)
def post_migrate(body: dict[str, Any], instance_id: str) -> Response:
    """Continues the instance on another version of its definition."""
    migrated = migrate_instance(
        context(), actor(), instance_id, body["version"], body["reason"], mapping=body.get("mapping")
    )
    return answer(migrated)
