"""The life of a draft: handed in, reviewed by a second person, deployed with number, effective date and reason."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.language import text
from api.pages.rendering import page
from api.pages.sop_differences import WORDS, diagram_address
from api.pages.sop_words import ACT_WORDS, DRAFT_WORDS, SEVERITY_WORDS
from api.pages.visitor import signed_in
from engine.commands.approve_definition_draft import approve_definition_draft
from engine.commands.deploy_definition_draft import deploy_definition_draft
from engine.commands.return_definition_draft import return_definition_draft
from engine.commands.submit_definition_draft import submit_definition_draft
from engine.days import read_day
from engine.errors import AlurError
from engine.queries.draft_review import draft_review, sop_acts
from engine.queries.sop_differences import sop_differences

_SHOWN_WITH_PAGE = frozenset({409, 412, 422})


@pages.get("/sop/<key>/tinjau")
@signed_in
def sop_review_page(key: str) -> Response:
    """The draft: what differs from the deployed version, its findings, and what the visitor may do now."""
    return _review(key)


@pages.post("/sop/<key>/ajukan-tinjauan")
@signed_in
def post_submit_sop(key: str) -> Response:
    """Hands the draft in."""
    return _act(key, "Rancangan diajukan untuk ditinjau.",
                lambda: submit_definition_draft(context(), actor(), key, request.form.get("note", "")))


@pages.post("/sop/<key>/setujui")
@signed_in
def post_approve_sop(key: str) -> Response:
    """Lets the draft pass."""
    return _act(key, "Rancangan disetujui.", lambda: approve_definition_draft(
        context(), actor(), key, request.form.get("note", ""), version=request.form.get("version", type=int)
    ))  # fmt: skip


@pages.post("/sop/<key>/kembalikan")
@signed_in
def post_return_sop(key: str) -> Response:
    """Gives the draft back with the reason."""
    return _act(key, "Rancangan dikembalikan kepada analis.", lambda: return_definition_draft(
        context(), actor(), key, request.form.get("reason", ""), version=request.form.get("version", type=int)
    ))  # fmt: skip


@pages.post("/sop/<key>/terapkan")
@signed_in
def post_deploy_sop(key: str) -> Response:
    """Makes the approved draft the newest version."""
    return _act(key, "Rancangan diterapkan sebagai versi baru.", _deploy(key), to="pages.sop_page")


def _deploy(key: str) -> Any:
    def run() -> None:
        form = request.form
        effective_on = read_day(form.get("effective_on", ""), "effective_on")
        deploy_definition_draft(
            context(), actor(), key, form.get("number", ""), effective_on, form.get("reason", "")
        )

    return run


def _act(key: str, done: str, act: Any, to: str = "pages.sop_review_page") -> Response:
    """Runs one command; a refusal comes back on the page with what was typed."""
    try:
        act()
    except AlurError as refused:
        if refused.status not in _SHOWN_WITH_PAGE:
            raise
        return _review(key, refused)
    flash(text(done))
    return redirect(url_for(to, key=key), 303)


def _review(key: str, refused: AlurError | None = None) -> Response:
    found = draft_review(context(), actor(), key)
    changes = sop_differences(context(), actor(), key) if found["deployed"] else None
    canvases = [("old", diagram_address(key, found["deployed"]))] if changes else []
    return page(
        "sop/review.html", refused.status if refused else 200, review=found, draft=found["draft"], found=changes,
        canvases=[*canvases, ("new", diagram_address(key, None))], acts=sop_acts(context(), actor(), key),
        act_words=ACT_WORDS, draft_words=DRAFT_WORDS, severity_words=SEVERITY_WORDS, typed=request.form,
        errors=refused.errors if refused else [], message=explain(refused) if refused else "",
        detail=refused.detail if refused else "", **WORDS,
    )  # fmt: skip
