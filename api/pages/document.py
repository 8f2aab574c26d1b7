"""The official document of an SOP on a page: any version, or the draft; to look at, and to take along."""

from typing import Any, cast

from flask import Response as FlaskResponse
from flask import request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from api.routes.documents import TYPES
from engine import errors
from engine.assignment import may_deploy
from engine.documents.document_html import CONTENT_SECURITY_POLICY
from engine.documents.document_paper import PAPERS, PaperName
from engine.queries.definitions import definition
from engine.queries.documents import draft_document, sop_document, sop_sheet
from engine.queries.drafts import draft

DRAFT = "konsep"
DOCUMENTS = ("pdf", "docx")
SHEETS = ("xlsx", "csv")
_DIGITS = 9


@pages.get("/sop/<key>/dokumen")
@signed_in
def document_page(key: str) -> Response:
    """The document in a frame, its versions, and its files."""
    asked = request.args.get("versi", "")
    deployed, drafted = _deployed(key), _drafted(key)
    if deployed is None and drafted is None:
        raise NotFound
    versions = deployed["versions"][::-1] if deployed else []
    chosen = asked or (DRAFT if deployed is None else str(versions[0]))
    found = drafted if chosen == DRAFT else deployed and definition(context(), key, _version(chosen))
    if found is None:
        raise NotFound
    return page(
        "editors/document.html", sop=found, chosen=chosen, versions=versions, draft=drafted, papers=list(PAPERS),
        problems=_problems(key) if chosen == DRAFT else [], documents=DOCUMENTS, sheets=SHEETS,
        may_edit=may_deploy(actor()),
    )  # fmt: skip


@pages.get("/sop/<key>/dokumen.<format_>")
@signed_in
def document_file(key: str, format_: str) -> Response:
    """The document: HTML for the frame, a file otherwise."""
    asked = request.args.get("kertas", "folio")
    if format_ not in ("html", *DOCUMENTS) or asked not in PAPERS:
        raise NotFound
    paper = cast(PaperName, asked)
    chosen = request.args.get("versi", "")
    if chosen == DRAFT:
        data = draft_document(context(), actor(), key, format_, paper)
    else:
        data = sop_document(context(), key, format_, _version(chosen), paper)
    response = FlaskResponse(data, content_type=TYPES[format_])
    if format_ == "html":
        response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
    else:
        response.headers.set("Content-Disposition", "attachment", filename=f"{key}.{format_}")
    return response


@pages.get("/sop/<key>/lembar.<format_>")
@signed_in
def sheet_file(key: str, format_: str) -> Response:
    """The table of a version, to be changed elsewhere and imported."""
    if format_ not in SHEETS:
        raise NotFound
    data = sop_sheet(context(), key, format_, _version(request.args.get("versi", "")))
    response = FlaskResponse(data, content_type=TYPES[format_])
    response.headers.set("Content-Disposition", "attachment", filename=f"{key}.{format_}")
    return response


def _version(chosen: str) -> int | None:
    if not chosen:
        return None
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) <= _DIGITS):
        raise NotFound
    return int(chosen)


def _deployed(key: str) -> dict[str, Any] | None:
    try:
        return definition(context(), key)
    except errors.NotFound:
        return None


def _drafted(key: str) -> dict[str, Any] | None:
    """The draft, for those who may see it."""
    try:
        return draft(context(), actor(), key)[0]
    except (errors.NotFound, errors.Forbidden):
        return None


def _problems(key: str) -> list[dict[str, Any]]:
    """Why a draft has no document yet."""
    try:
        draft_document(context(), actor(), key, "html")
    except errors.DiagramRefused as refused:
        return list(refused.errors)
    except (errors.InvalidInput, errors.TooLarge):
        return [{"message": text("Diagramnya belum dapat dibaca.")}]
    return []
