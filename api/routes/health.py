"""Life signs and metrics: at the root for load balancers, and under /api/v1 like everything else."""

from flask import Blueprint, Response

from api import metrics
from api.auth import public
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.health import StatusSchema
from engine.queries.backlog import backlog
from engine.queries.health import ready

blueprint = Resource("health", "Tanda hidup dan metrik")
root = Blueprint("root", __name__)


@root.route("/healthz")
@blueprint.route("/healthz", methods=["GET"])
@public
@blueprint.doc(security=[])
@blueprint.response(200, StatusSchema)
def get_healthz() -> Response:
    """The process is alive."""
    return answer({"status": "ok"})


@root.route("/readyz")
@blueprint.route("/readyz", methods=["GET"])
@public
@blueprint.doc(security=[])
@blueprint.response(200, StatusSchema)
def get_readyz() -> Response:
    """The process can serve: the database answers."""
    ready(context())
    return answer({"status": "ok"})


@root.route("/metrics")
@blueprint.route("/metrics", methods=["GET"])
@public
@blueprint.doc(security=[])
@blueprint.response(200, {"type": "string"}, content_type="text/plain")
def get_metrics() -> Response:
    """Prometheus metrics."""
    return metrics.exposition(backlog(context()))
