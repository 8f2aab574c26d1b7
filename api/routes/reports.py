"""Reports."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.history import ComplianceQuery, ComplianceSchema
from engine.queries.compliance import compliance

blueprint = Resource("reports", "Laporan")


@blueprint.route("/reports/compliance", methods=["GET"])
@blueprint.arguments(ComplianceQuery, location="query")
@blueprint.response(200, ComplianceSchema)
def get_compliance(query: dict[str, Any]) -> Response:
    """Per SOP and activity: how many were done, in time, late, and are open late."""
    report = compliance(
        context(), actor(), definition=query.get("definition"), since=query.get("since"), until=query.get("until")
    )
    return answer(report)
