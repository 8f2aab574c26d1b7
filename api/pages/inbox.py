"""The staff inbox: filters, search and paging on the server, the traffic light in working time."""

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import APPLICANT, STAFF
from engine.queries.inbox import InboxFilter, inbox
from engine.queries.remaining import remaining

PER_PAGE = 25
_WHOSE = {"saya": "me", "bebas": "none"}


@pages.get("/tugas")
@signed_in
def inbox_page() -> Response:
    """Open tasks of the visitor and the visitor's roles, soonest due first."""
    asked = request.args
    wanted = InboxFilter(
        role=asked.get("peran") or None,
        assignee=_WHOSE.get(asked.get("milik", "")),
        overdue=True if asked.get("terlambat") else None,
        instance_id=asked.get("permohonan") or None,
        q=asked.get("q", "").strip() or None,
    )
    found = inbox(context(), actor(), wanted, limit=PER_PAGE, cursor=asked.get("kursor") or None)
    template = "inbox_list.html" if request.headers.get("HX-Request") else "inbox.html"
    filters = {name: asked[name] for name in ("q", "milik", "peran", "terlambat") if asked.get(name)}
    return page(
        template, found=found, left=remaining(context(), found["items"]), filters=filters,
        roles=sorted(actor().roles - {STAFF, APPLICANT}),
    )  # fmt: skip
