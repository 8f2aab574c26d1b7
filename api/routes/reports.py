"""Reports, and histories as files."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.routes.report_figures import dated
from api.routes.search import wanted
from api.schemas.history import ComplianceQuery, ComplianceSchema
from api.schemas.search import ExportQuery
from engine.queries.compliance import compliance
from engine.queries.export import FORMATS, export_history

blueprint = Resource("reports", "Laporan")
_TEXT = {"type": "string", "format": "binary"}


@blueprint.route("/reports/compliance", methods=["GET"])
@blueprint.arguments(ComplianceQuery, location="query")
@blueprint.response(200, ComplianceSchema)
def get_compliance(query: dict[str, Any]) -> Response:
    """Per SOP and activity: how many were done, in time, late, and are open late; at most three years."""
    report = compliance(
        context(), actor(), definition=query.get("definition"), since=query.get("since"), until=query.get("until")
    )
    return answer(dated(report))


@blueprint.route("/history/export", methods=["GET"])
@blueprint.doc(responses={"200": {"content": {media_type: {"schema": _TEXT} for media_type in FORMATS.values()}}})
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200)
def get_export(query: dict[str, Any]) -> Response:
    """Histories as JSON lines (verifiable with `alur verify --file`), CSV or XES, streamed."""
    lines = export_history(context(), actor(), query["format"], wanted(query))
    disposition = f'attachment; filename="riwayat.{query["format"]}"'
    return Response(lines, content_type=FORMATS[query["format"]], headers={"Content-Disposition": disposition})
