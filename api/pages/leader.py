"""The leader's dashboard: how the offices do, what stands still, how satisfied citizens are; figures link to lists."""

from datetime import timedelta

from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.report_query import level
from api.pages.visitor import signed_in
from engine.queries.report import report
from engine.queries.report_filter import ReportFilter
from engine.queries.satisfaction import satisfaction

MONTHS = 6


@pages.get("/pimpinan")
@signed_in
def leader_page() -> Response:
    """The last six months on one page."""
    found = report(context(), actor(), ReportFilter(), months=MONTHS)
    period = {"since": found["since"], "until": found["until"] + timedelta(days=1)}
    satisfied = {by: satisfaction(context(), actor(), by=by, **period) for by in ("agency", "month")}
    filters = {"dari": found["since"].isoformat(), "sampai": found["until"].isoformat()}
    return page("reports/leader.html", found=found, satisfied=satisfied, filters=filters, level=level)
