"""Figures of reports, the lists behind them, and the heatmap of an SOP."""

from typing import Any

from flask import Response

from api.auth import actor
from api.body import answer
from api.extensions import context
from api.openapi import Resource
from api.schemas.reports import (
    FiguresQuery,
    HeatmapSchema,
    PeriodQuery,
    ReportRequestPage,
    ReportSchema,
    ReportTaskPage,
    RequestsQuery,
    TasksQuery,
)
from engine.queries.heatmap import heatmap
from engine.queries.report import report
from engine.queries.report_filter import ReportFilter
from engine.queries.report_lists import report_requests, report_tasks

blueprint = Resource("report_figures", "Laporan")


@blueprint.route("/reports/figures", methods=["GET"])
@blueprint.arguments(FiguresQuery, location="query")
@blueprint.response(200, ReportSchema)
def get_figures(query: dict[str, Any]) -> Response:
    """Compliance and conformance per SOP, agency, role, activity and month, with the slowest activities."""
    return answer(dated(report(context(), actor(), ReportFilter(**query))))


@blueprint.route("/reports/tasks", methods=["GET"])
@blueprint.arguments(TasksQuery, location="query")
@blueprint.response(200, ReportTaskPage)
def get_report_tasks(query: dict[str, Any]) -> Response:
    """The tasks behind a figure."""
    which, limit, cursor = query.pop("list"), query.pop("limit"), query.pop("cursor", None)
    return answer(report_tasks(context(), actor(), ReportFilter(**query), which, limit=limit, cursor=cursor))


@blueprint.route("/reports/requests", methods=["GET"])
@blueprint.arguments(RequestsQuery, location="query")
@blueprint.response(200, ReportRequestPage)
def get_report_requests(query: dict[str, Any]) -> Response:
    """The requests behind a figure, with where they left the drawing."""
    which, limit, cursor = query.pop("list"), query.pop("limit"), query.pop("cursor", None)
    return answer(report_requests(context(), actor(), ReportFilter(**query), which, limit=limit, cursor=cursor))


@blueprint.route("/reports/heatmap/<key>", methods=["GET"])
@blueprint.arguments(PeriodQuery, location="query")
@blueprint.response(200, HeatmapSchema)
def get_heatmap(query: dict[str, Any], key: str) -> Response:
    """How often, how long and how late, by element and flow of an SOP."""
    return answer(dated(heatmap(context(), actor(), ReportFilter(definition=key, **query))))


def dated(found: dict[str, Any]) -> dict[str, Any]:
    """An answer whose days are texts."""
    return found | {"since": found["since"].isoformat(), "until": found["until"].isoformat()}
