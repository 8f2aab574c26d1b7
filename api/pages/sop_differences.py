"""What differs between two versions of an SOP, or between its draft and a version: two canvases and a table."""

from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.numbers import whole
from api.pages.rendering import page
from api.pages.sop_words import DIFFERENCE_WORDS, FIELD_WORDS, PART_WORDS
from api.pages.visitor import signed_in
from engine.queries.sop_differences import sop_differences, versions_of
from engine.queries.sop_versions import sop_versions

DRAFT = "rancangan"


@pages.get("/sop/<key>/beda")
@signed_in
def sop_differences_page(key: str) -> Response:
    """From one version to another, or to the draft; without a choice from the newest version to the draft."""
    asked = request.args
    old, new = asked.get("dari", type=int), asked.get("ke", DRAFT)
    version = whole(new)
    found = sop_differences(context(), actor(), key, old, version)
    about = sop_versions(context(), actor(), key)
    return page(
        "sop/differences.html", found=found, numbers=versions_of(context(), key), has_draft=about["draft"] is not None,
        canvases=[(side, diagram_address(key, found[side]["version"])) for side in ("old", "new")], **WORDS,
    )  # fmt: skip


WORDS: dict[str, Any] = {"difference_words": DIFFERENCE_WORDS, "part_words": PART_WORDS, "field_words": FIELD_WORDS}


def diagram_address(key: str, version: int | None) -> str:
    """Where the canvas finds the drawing of a version, or of the draft."""
    if version is None:
        return url_for("pages.sop_draft_diagram", key=key)
    return url_for("pages.diagram", key=key, version=version)
