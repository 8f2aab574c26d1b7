"""What an SOP would do: a simulation under the scenario in the body."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.openapi import Resource
from api.schemas.definitions import VersionQuery
from api.schemas.simulation import SCENARIO_BODY, SimulationSchema
from engine.queries.simulation import simulate_definition

blueprint = Resource("simulation", "Simulasi")
MOST_REQUESTS = 20_000  # some ten seconds of one processor


@blueprint.route("/definitions/<key>/simulate", methods=["POST"])
@blueprint.doc(requestBody=SCENARIO_BODY)
@blueprint.arguments(VersionQuery, location="query")
@blueprint.response(200, SimulationSchema)
def post_simulate(query: dict[str, Any], key: str) -> Response:
    """Simulates arrivals, staff, durations and branches; the same scenario and seed give the same answer."""
    result = simulate_definition(
        context(), actor(), key, json_object(), version=query.get("version"), most_requests=MOST_REQUESTS
    )
    return answer(result.to_dict())
