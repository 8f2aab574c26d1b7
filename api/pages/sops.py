"""The register of SOPs: the list with search, a new one, and one SOP with its draft, versions and running requests."""

from flask import Response as FlaskResponse
from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.language import text
from api.pages.moments import full_date
from api.pages.rendering import list_or_page, page
from api.pages.sop_words import ACT_WORDS, DRAFT_WORDS, PART_WORDS
from api.pages.visitor import signed_in
from engine.assignment import may_administer, may_deploy
from engine.commands.create_definition_draft import create_definition_draft
from engine.commands.delete_definition_draft import delete_definition_draft
from engine.drafting import require_editor
from engine.errors import InvalidInput
from engine.queries.draft_parts import draft_parts
from engine.queries.draft_review import draft_review, sop_acts
from engine.queries.drafts import draft_contents
from engine.queries.sop import sop
from engine.queries.sop_versions import sop_versions
from engine.queries.sops import STATES, SopFilter, list_sops, sop_agencies
from engine.queries.version_instances import version_instances

PER_PAGE = 25
SHOWN_ACTS = 10


@pages.get("/sop")
@signed_in
def sops_page() -> Response:
    """Every SOP by name, with search."""
    asked = request.args
    state = asked.get("keadaan") if asked.get("keadaan") in STATES else None
    wanted = SopFilter(asked.get("q", "").strip() or None, asked.get("instansi", type=int), state)
    found = list_sops(context(), actor(), wanted, limit=PER_PAGE, cursor=asked.get("kursor") or None)
    filters = {name: asked[name] for name in ("q", "instansi", "keadaan") if asked.get(name)}
    return page(
        list_or_page("sop/register"), found=found, filters=filters, agencies=sop_agencies(context()), states=STATES,
        may_edit=may_deploy(actor()), draft_words=DRAFT_WORDS,
    )  # fmt: skip


@pages.get("/sop/baru")
@signed_in
def new_sop_page() -> Response:
    """Asks for name and key of a new SOP; `pola` names the SOP it begins as a copy of."""
    return _new({}, request.args.get("pola", ""), None)


@pages.post("/sop/baru")
@signed_in
def post_new_sop() -> Response:
    """Begins the draft of a new SOP (a copy, a small drawing, or from nothing), and on to the editor."""
    form = request.form
    pattern = form.get("pola", "")
    try:
        made = create_definition_draft(
            context(), actor(), form.get("key", "").strip() or None, name=form.get("name", ""),
            template=pattern or None, must_be_new=True,
            performers=form.get("performers", "").splitlines() if form.get("mulai") == "kosong" else None,
        )  # fmt: skip
    except InvalidInput as refused:
        return _new(form, pattern, refused)
    return redirect(f"{url_for('pages.sop_page', key=made['key'])}/rancang", 303)


@pages.get("/sop/<key>")
@signed_in
def sop_page(key: str) -> Response:
    """One SOP: identity, draft, versions, what was done."""
    found, acts = sop_versions(context(), actor(), key), sop_acts(context(), actor(), key)
    review = draft_review(context(), actor(), key) if found["draft"] else None
    parts = draft_parts(context(), actor(), key) if found["draft"] else []
    return page(
        "sop/sop.html", sop=found, review=review, parts=parts, acts=acts[:SHOWN_ACTS], act_words=ACT_WORDS,
        part_words=PART_WORDS, may_edit=may_deploy(actor()), draft_words=DRAFT_WORDS, full_date=full_date,
    )  # fmt: skip


@pages.post("/sop/<key>/hapus-rancangan")
@signed_in
def post_delete_sop_draft(key: str) -> Response:
    """Throws the draft away; of an SOP never deployed nothing is left."""
    delete_definition_draft(context(), actor(), key)
    flash(text("Rancangan dihapus."))
    return redirect(url_for("pages.sops_page"), 303)


@pages.get("/sop/<key>/konsep/diagram.bpmn")
@signed_in
def sop_draft_diagram(key: str) -> Response:
    """The drawing of a draft, for the canvas."""
    return FlaskResponse(draft_contents(context(), actor(), key).xml, content_type="application/xml")


@pages.get("/sop/<key>/versi/<int(max=2147483647):version>")
@signed_in
def sop_version_page(key: str, version: int) -> Response:
    """One version: the drawing, who let it pass, and the requests that run on it."""
    every = sop_versions(context(), actor(), key)
    found = version_instances(
        context(), actor(), key, version, limit=PER_PAGE, cursor=request.args.get("kursor") or None
    )
    facts = next(one for one in every["versions"] if one["version"] == version)
    return page(
        "sop/version.html", every=every, facts=facts, found=found, sop=sop(context(), key, version),
        may_migrate=may_administer(actor()),
    )  # fmt: skip


def _new(typed: dict[str, str], pattern: str, refused: InvalidInput | None) -> Response:
    require_editor(actor())
    about = sop(context(), pattern) if pattern else None
    return page(
        "sop/new.html", 422 if refused else 200, typed=typed, pattern=about, errors=refused.errors if refused else [],
        message=explain(refused) if refused else "",
    )  # fmt: skip
