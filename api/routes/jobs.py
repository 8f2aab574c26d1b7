"""Jobs for external workers: take, complete, fail, end with a BPMN error."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.events import ActivateSchema, JobCompleteSchema, JobErrorSchema, JobFailSchema, JobList
from api.schemas.instances import InstanceView
from engine.commands.activate_jobs import activate_jobs
from engine.commands.complete_job import complete_job
from engine.commands.fail_job import fail_job
from engine.commands.throw_job_error import throw_job_error

blueprint = Resource("jobs", "Pekerjaan sistem luar")


@blueprint.route("/jobs/activate", methods=["POST"])
@blueprint.arguments(ActivateSchema)
@blueprint.response(200, JobList)
def post_activate(body: dict[str, Any]) -> Response:
    """Takes open jobs of a type under a lease."""
    jobs = activate_jobs(
        context(), actor(), body["type"], max_jobs=body["max_jobs"], worker=body["worker"],
        lease_seconds=body["lease_seconds"],
    )  # fmt: skip
    return answer({"items": jobs, "next_cursor": None})


@blueprint.route("/jobs/<job_id>/complete", methods=["POST"])
@blueprint.arguments(JobCompleteSchema)
@blueprint.response(200, InstanceView)
def post_job_complete(body: dict[str, Any], job_id: str) -> Response:
    """Completes a job with its results."""
    return answer(complete_job(context(), actor(), job_id, body["variables"]))


@blueprint.route("/jobs/<job_id>/fail", methods=["POST"])
@blueprint.arguments(JobFailSchema)
@blueprint.response(200, InstanceView)
def post_job_fail(body: dict[str, Any], job_id: str) -> Response:
    """Gives a failed job back; without attempts left it becomes an incident."""
    return answer(fail_job(context(), actor(), job_id, body["message"], retries=body.get("retries")))


@blueprint.route("/jobs/<job_id>/throw-error", methods=["POST"])
@blueprint.arguments(JobErrorSchema)
@blueprint.response(200, InstanceView)
def post_job_error(body: dict[str, Any], job_id: str) -> Response:
    """Ends a job with a BPMN error."""
    return answer(throw_job_error(context(), actor(), job_id, body["code"], message=body["message"]))
