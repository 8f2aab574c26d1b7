"""Reports for auditors, analysts, leaders and administrators: figures, the lists behind them, the heatmap, files."""

from typing import Any

from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.heat_marks import MEASURES, heat_marks
from api.pages.language import language
from api.pages.rendering import page
from api.pages.report_query import asked_filter, filter_values, level
from api.pages.visitor import signed_in
from engine.assignment import may_administer, may_audit
from engine.documents.report_csv import report_csv
from engine.documents.report_pdf import report_pdf
from engine.errors import InvalidInput
from engine.queries.heatmap import heatmap
from engine.queries.report import report
from engine.queries.report_choices import choices
from engine.queries.report_document import report_document
from engine.queries.report_filter import ReportFilter, checked
from engine.queries.report_lists import REQUEST_LISTS, TASK_LISTS, report_requests, report_tasks
from engine.queries.sop import sop

PER_PAGE = 50
DEVIATIONS_SHOWN = 10


@pages.get("/laporan")
@signed_in
def report_page() -> Response:
    """The compliance report with charts, and the first deviations."""
    offered = choices(context(), actor())
    try:
        wanted = asked_filter()
        found = report(context(), actor(), wanted)
        deviating = report_requests(context(), actor(), wanted, "deviating", limit=DEVIATIONS_SHOWN)
    except InvalidInput as refusal:
        return page("reports/report.html", 422, found=None, refusal=refusal, choices=offered, filters=filter_values())
    return page(
        "reports/report.html", found=found, refusal=None, choices=offered, filters=filter_values(), level=level,
        deviating=deviating, opens_requests=_opens_requests(),
    )  # fmt: skip


@pages.get("/laporan/tugas")
@signed_in
def report_tasks_page() -> Response:
    """The tasks behind a figure."""
    which = request.args.get("daftar", "late")
    found = report_tasks(
        context(), actor(), asked_filter(), which, limit=PER_PAGE, cursor=request.args.get("kursor") or None
    )
    return _list("reports/task_list.html", found, which, TASK_LISTS)


@pages.get("/laporan/permohonan")
@signed_in
def report_requests_page() -> Response:
    """The requests behind a figure."""
    which = request.args.get("daftar", "ended")
    found = report_requests(
        context(), actor(), asked_filter(), which, limit=PER_PAGE, cursor=request.args.get("kursor") or None
    )
    return _list("reports/request_list.html", found, which, REQUEST_LISTS)


def _list(template: str, found: dict[str, Any], which: str, lists: tuple[str, ...]) -> Response:
    wanted = checked(context(), actor(), asked_filter())
    return page(
        template, found=found, which=which, lists=lists, days=wanted.days, filters=filter_values() | {"daftar": which},
        opens_requests=_opens_requests(),
    )  # fmt: skip


def _opens_requests() -> bool:
    """Whether the visitor may open requests on the auditor's desk; others follow them by number."""
    return may_audit(actor()) or may_administer(actor())


@pages.get("/laporan/sop/<key>/peta")
@signed_in
def heatmap_page(key: str) -> Response:
    """How often, how long and how late, on the diagram and as a table."""
    asked = asked_filter()
    wanted = ReportFilter(asked.since, asked.until, key, asked.version)
    found = heatmap(context(), actor(), wanted)
    about = sop(context(), key, asked.version)
    measure = request.args.get("ukuran")
    return page(
        "reports/heatmap.html", found=found, sop=about, version=asked.version, filters=filter_values(),
        versions=choices(context(), actor(), key).versions, steps={one.element_id for one in about.steps},
        measures=MEASURES, measure=measure if measure in MEASURES else next(iter(MEASURES)),
        marks=heat_marks(found["elements"], language()),
    )  # fmt: skip


@pages.get("/laporan.csv")
@signed_in
def report_as_csv() -> Response:
    """The figures as a file for spreadsheets."""
    body = report_csv(report(context(), actor(), asked_filter()))
    return _file(body, "text/csv; charset=utf-8", "laporan-kepatuhan.csv")


@pages.get("/laporan.pdf")
@signed_in
def report_as_pdf() -> Response:
    """The report as an official document."""
    body = report_pdf(report_document(context(), actor(), asked_filter()))
    return _file(body, "application/pdf", "laporan-kepatuhan.pdf")


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = FlaskResponse(body, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
