"""The staff inbox: saved views, filters, search, order and paging on the server, the traffic light in working time."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.inbox_filters import address_of, asked_of, filters_in
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import APPLICANT, STAFF
from engine.queries.inbox import inbox
from engine.queries.my_sops import my_sops
from engine.queries.remaining import remaining
from engine.queries.views import views

PER_PAGE = 25


@pages.get("/tugas")
@signed_in
def inbox_page() -> Response:
    """Open tasks of the visitor and the visitor's roles; without any filter in the address, the default view's."""
    mine = views(context(), actor())
    filters = filters_in(request.args) if request.args else _opening(mine)
    wanted, sort = asked_of(filters)
    found = inbox(context(), actor(), wanted, sort=sort, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    fragment = bool(request.headers.get("HX-Request"))
    return page(
        "inbox_list.html" if fragment else "inbox.html", found=found, left=remaining(context(), found["items"]),
        filters=address_of(filters), fragment=fragment, roles=sorted(actor().roles - {STAFF, APPLICANT}),
        sops=[] if fragment else my_sops(context(), actor()),
        views=[one | {"open": one["filters"] == filters, "address": address_of(one["filters"])} for one in mine],
    )  # fmt: skip


def _opening(mine: list[dict[str, Any]]) -> dict[str, Any]:
    return next((one["filters"] for one in mine if one["default"]), {})
