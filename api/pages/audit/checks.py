"""Verification of everything that a filter finds, piece by piece. Reads only."""

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.audit.desk import require_reader
from api.pages.audit.filter import given, meaning, read_filter
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from api.pages.words import PROBLEM_WORDS
from engine.queries.search_choices import search_choices
from engine.queries.verify_requests import verify_requests


@pages.get("/audit/periksa")
@signed_in
def check_page() -> Response:
    """What would be verified, and the button that begins."""
    require_reader()
    filled = given(request.args)
    read_filter(filled)
    return _checks(filled, None)


@pages.post("/audit/periksa")
@signed_in
def post_check() -> Response:
    """Verifies the next piece; a script asks for one after the other."""
    require_reader()
    filled = given(request.form)
    done = verify_requests(
        context(), actor(), read_filter(filled), execute="jalankan" in request.form,
        cursor=request.form.get("kursor") or None,
    )  # fmt: skip
    before = {name: request.form.get(name, 0, type=int) for name in ("diperiksa", "bermasalah")}
    totals = {
        "diperiksa": before["diperiksa"] + done["checked"], "bermasalah": before["bermasalah"] + len(done["broken"]),
    }  # fmt: skip
    return _checks(filled, done | {"totals": totals})


def _checks(filled: dict[str, str], done: dict[str, object] | None) -> Response:
    template = "audit/checked.html" if request.headers.get("HX-Request") else "audit/check.html"
    choices = search_choices(context())
    said = meaning(filled, dict(choices["sops"]), dict(choices["agencies"]))
    return page(
        template, filters=filled, said=said, done=done, execute="jalankan" in request.form,
        problem_words=PROBLEM_WORDS,
    )  # fmt: skip
