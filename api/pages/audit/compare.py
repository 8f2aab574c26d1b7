"""Two requests side by side. Reads only."""

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.audit.desk import require_reader
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.errors import AlurError, InvalidInput, NotFound
from engine.queries.compare import compare
from engine.queries.field_labels import field_labels
from engine.queries.search import instance_named
from engine.queries.sop import sop


@pages.get("/audit/banding")
@signed_in
def compare_page() -> Response:
    """Two requests named by `a` and `b`, each an id or a registration number; without them, the two fields."""
    require_reader()
    left, right = (request.args.get(name, "").strip() for name in ("a", "b"))
    if not left or not right:
        return page("audit/compare_form.html", left=left, right=right, wrong=None)
    try:
        ids = [instance_named(context(), actor(), written) for written in (left, right)]
        found = compare(context(), actor(), *ids)
    except (InvalidInput, NotFound) as error:
        return _again(left, right, error)
    sops = [sop(context(), side.request["definition"], side.request["version"]) for side in found["sides"]]
    labels: dict[str, str] = {}
    for side in reversed(found["sides"]):
        labels |= field_labels(context(), side.request["definition"], side.request["version"])
    return page("audit/compare.html", left=left, right=right, found=found, sops=sops, labels=labels)


def _again(left: str, right: str, error: AlurError) -> Response:
    return page("audit/compare_form.html", error.status, left=left, right=right, wrong=error)
