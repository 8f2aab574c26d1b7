"""What happened: history, replay, verification."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.history import HistoryPage, ProofSchema, ReplaySchema, VerificationSchema, VerifyQuery
from api.schemas.instances import PageQuery
from engine.commands.prove_instance import prove_instance
from engine.commands.verify_execution import verify_execution
from engine.queries.instances import instance_history
from engine.queries.replay import replay
from engine.queries.verify import verify_instance

blueprint = Resource("history", "Riwayat")


@blueprint.route("/instances/<instance_id>/history", methods=["GET"])
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, HistoryPage)
def get_history(query: dict[str, Any], instance_id: str) -> Response:
    """Every event of the instance, in order, with actor and hash."""
    page = instance_history(context(), actor(), instance_id, limit=query["limit"], cursor=query.get("cursor"))
    return answer(page)


@blueprint.route("/instances/<instance_id>/replay", methods=["GET"])
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, ReplaySchema)
def get_replay(query: dict[str, Any], instance_id: str) -> Response:
    """What was open, done and late after every event."""
    return answer(replay(context(), actor(), instance_id, limit=query["limit"], cursor=query.get("cursor")))


@blueprint.route("/instances/<instance_id>/verify", methods=["POST"])
@blueprint.arguments(VerifyQuery, location="query")
@blueprint.response(200, VerificationSchema)
def post_verify(query: dict[str, Any], instance_id: str) -> Response:
    """Whether the history holds; with mode=execute, whether a fresh engine comes to the same events."""
    check = verify_execution if query["mode"] == "execute" else verify_instance
    return answer(check(context(), actor(), instance_id))


@blueprint.route("/instances/<instance_id>/proof", methods=["GET"])
@blueprint.response(200, ProofSchema)
def get_proof(instance_id: str) -> Response:
    """A signed, self-contained proof of the history, to be checked offline with `alur verify --file`."""
    return answer(prove_instance(context(), actor(), instance_id))
