"""The auditor's desk: requests with search, replay on the diagram, verification, exports. Reads only."""

from typing import Any

from flask import Response as FlaskResponse
from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import may_audit, may_read_reports
from engine.commands.verify_execution import verify_execution
from engine.errors import Forbidden, NotFound
from engine.queries.export import FORMATS, export_history
from engine.queries.instances import STATUSES, InstanceFilter, instance, list_instances
from engine.queries.remaining import zone_of
from engine.queries.replay import replay
from engine.queries.sop import sop

PER_PAGE = 25
MOST_FRAMES = 2000


@pages.get("/audit")
@signed_in
def audit_list() -> Response:
    """Requests that the visitor may see, newest first, with search."""
    _require_reader()
    asked = request.args
    wanted = InstanceFilter(asked.get("sop") or None, asked.get("status") or None, asked.get("q", "").strip() or None)
    found = list_instances(context(), actor(), wanted, limit=PER_PAGE, cursor=asked.get("kursor") or None)
    template = "audit_list.html" if request.headers.get("HX-Request") else "audit.html"
    filters = {name: asked[name] for name in ("q", "status", "sop") if asked.get(name)}
    return page(template, found=found, filters=filters, statuses=STATUSES, formats=FORMATS)


@pages.get("/audit/<instance_id>")
@signed_in
def replay_page(instance_id: str) -> Response:
    """What happened to a request, entry by entry, on its diagram and as a table."""
    return _replay(instance_id, None)


@pages.post("/audit/<instance_id>/verifikasi")
@signed_in
def post_verify(instance_id: str) -> Response:
    """Checks the chain and runs the recorded inputs again."""
    return _replay(instance_id, verify_execution(context(), actor(), instance_id))


@pages.get("/audit/ekspor.<format_>")
@signed_in
def export(format_: str) -> Response:
    """Histories as a file."""
    if format_ not in FORMATS:
        raise NotFound(f"Expected one of {', '.join(FORMATS)}, but got '{format_}'.")
    lines = export_history(context(), actor(), format_, definition=request.args.get("sop") or None)
    response = FlaskResponse(lines, content_type=FORMATS[format_])
    response.headers.set("Content-Disposition", "attachment", filename=f"riwayat.{format_}")
    return response


def _require_reader() -> None:
    if not may_read_reports(actor()):
        raise Forbidden("Expected a leader, auditor, analyst or administrator, but you are none.")


def _replay(instance_id: str, verdict: dict[str, Any] | None) -> Response:
    _require_reader()
    found = instance(context(), actor(), instance_id)
    history = replay(context(), actor(), instance_id, limit=MOST_FRAMES)
    about = sop(context(), found["definition"], found["version"])
    frames = [_frame(one) for one in history["items"]]
    return page(
        "replay.html", request_=found, sop=about, names=about.names, items=list(_changes(history["items"])),
        frames=frames, verdict=verdict, zone=zone_of(context(), instance_id=instance_id),
        cut=history["next_cursor"] is not None, exports=FORMATS if may_audit(actor()) else (),
    )  # fmt: skip


def _frame(one: dict[str, Any]) -> dict[str, Any]:
    """What the canvas needs of a frame."""
    wanted = {name: one[name] for name in ("seq", "open", "late", "done", "flows")}
    return wanted | {"element": one["event"]["element_id"]}


def _changes(items: list[dict[str, Any]]) -> Any:
    """Each frame with what its entry changed in the request's data: `(name, before, after)`."""
    before: dict[str, Any] = {}
    for item in items:
        after = item["variables"]
        names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
        yield item | {"changes": [(name, before.get(name), after.get(name)) for name in names]}
        before = after
