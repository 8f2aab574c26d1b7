"""Replay of one request on its diagram and as a table, in pieces. Reads only."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.audit.desk import require_reader
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from api.pages.words import PROBLEM_WORDS, STORY
from engine.assignment import may_audit
from engine.queries.attachments import files_of
from engine.queries.conformance import conformance
from engine.queries.export import FORMATS
from engine.queries.field_labels import field_labels, option_labels
from engine.queries.instances import instance
from engine.queries.remaining import zone_of
from engine.queries.replay import replay
from engine.queries.sop import sop
from engine.queries.verify import verification_badge
from engine.report_words import DEVIATIONS

PIECE = 500


@pages.get("/audit/<instance_id>")
@signed_in
def replay_page(instance_id: str) -> Response:
    """What happened to a request, entry by entry; a script asks for further pieces alone."""
    require_reader()
    return replay_view(instance_id, None)


def replay_view(instance_id: str, verdict: dict[str, Any] | None) -> Response:
    """The replay page from the entry of the address's cursor on, with the verdict of a verification."""
    found = instance(context(), actor(), instance_id)
    cursor = request.args.get("kursor") or None
    history = replay(context(), actor(), instance_id, limit=PIECE, cursor=cursor)
    about = sop(context(), found["definition"], found["version"])
    piece = {
        "items": history["items"], "frames": [_frame(one) for one in history["items"]], "names": about.names,
        "zone": zone_of(context(), instance_id=instance_id), "next_cursor": history["next_cursor"], "request_": found,
        "story": STORY, "labels": field_labels(context(), found["definition"], found["version"]),
    }  # fmt: skip
    piece["options"] = option_labels(context(), found["definition"], found["version"])
    if request.headers.get("X-Piece"):
        return page("audit/piece.html", **piece)
    judged = conformance(context(), actor(), instance_id) if "kesesuaian" in request.args else None
    return page(
        "audit/replay.html", judged=judged, deviation_words=DEVIATIONS,
        sop=about, badge=verification_badge(context(), actor(), instance_id), verdict=verdict,
        problem_words=PROBLEM_WORDS, files=files_of(context(), actor(), instance_id), first=cursor is None,
        exports=FORMATS if may_audit(actor()) else (), **piece,
    )  # fmt: skip


def _frame(one: dict[str, Any]) -> dict[str, Any]:
    """What the canvas needs of a frame."""
    wanted = {name: one[name] for name in ("seq", "at", "open", "late", "done", "flows")}
    return wanted | {"element": one["event"]["element_id"], "type": one["event"]["type"]}
