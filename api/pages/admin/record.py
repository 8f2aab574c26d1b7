"""The audit of administration: who changed what, old and new values, and whether the chain holds. Reads only."""

from datetime import date
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import PER_PAGE, admin_page, asked
from api.pages.admin.words import ACTS
from api.pages.blueprint import pages
from api.pages.visitor import signed_in
from engine.days import read_day
from engine.queries.administration_log import ActFilter, act_types, list_acts, verify_administration


@pages.get("/admin/riwayat")
@signed_in
def admin_record() -> Response:
    """Acts, newest first, filtered by person, kind, days and words."""
    return _record(None)


@pages.post("/admin/riwayat")
@signed_in
def post_admin_verify() -> Response:
    """Checks every entry of the chain against its hash."""
    return _record(verify_administration(context(), actor()))


def _record(verdict: dict[str, Any] | None) -> Response:
    filters = asked("q", "orang", "jenis", "sejak", "hingga")
    wanted = ActFilter(
        filters.get("orang"), filters.get("jenis"), _day(filters, "sejak"), _day(filters, "hingga"), filters.get("q")
    )
    found = list_acts(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    return admin_page(
        "record.html", found=found, filters=filters, acts=ACTS, types=act_types(context(), actor()), verdict=verdict
    )


def _day(filters: dict[str, str], name: str) -> date | None:
    return read_day(filters[name], name) if name in filters else None
