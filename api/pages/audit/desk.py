"""The auditor's desk: requests with search by anything, and what was found as files. Reads only."""

from typing import Any

from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.audit.filter import given, meaning, read_filter
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import may_read_reports
from engine.errors import Forbidden, InvalidInput, NotFound
from engine.queries.export import FORMATS, export_history
from engine.queries.instances import STATUSES
from engine.queries.search import search
from engine.queries.search_choices import search_choices

PER_PAGE = 25


def require_reader() -> None:
    """Refuses visitors who may not read what auditors read. Raises Forbidden."""
    if not may_read_reports(actor()):
        raise Forbidden("Expected a leader, auditor, analyst or administrator, but you are none.")


@pages.get("/audit")
@signed_in
def audit_list() -> Response:
    """Requests that the visitor may see, newest first, with search by anything."""
    require_reader()
    filled, choices = given(request.args), search_choices(context())
    found: dict[str, Any] = {"items": [], "next_cursor": None, "looked_until": None}
    wrong: InvalidInput | None = None
    said: list[str] = []
    try:
        wanted = read_filter(filled)
        said = meaning(filled, dict(choices["sops"]), dict(choices["agencies"]))
        found = search(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    except InvalidInput as error:
        wrong = error
    shown: dict[str, Any] = {"found": found, "filters": filled, "said": said, "wrong": wrong, "formats": FORMATS}
    if request.headers.get("HX-Request"):
        return page("audit/list.html", **shown)  # a script puts only successes on the page
    return page("audit/search.html", 422 if wrong else 200, choices=choices, statuses=STATUSES, **shown)


@pages.get("/audit/ekspor.<format_>")
@signed_in
def export(format_: str) -> Response:
    """The histories of what a filter finds, as a file that is written while it is sent."""
    if format_ not in FORMATS:
        raise NotFound(f"Expected one of {', '.join(FORMATS)}, but got '{format_}'.")
    lines = export_history(context(), actor(), format_, read_filter(given(request.args)))
    response = FlaskResponse(lines, content_type=FORMATS[format_])
    response.headers.set("Content-Disposition", "attachment", filename=f"riwayat.{format_}")
    return response
