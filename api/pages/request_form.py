"""Asking for a service: the start form, its draft that can be taken up again by a link, and sending it."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.headers import form_key, idempotency_key
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.forms_plain import posted_data
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import may_start
from engine.commands.attach_file import attach_file
from engine.commands.delete_request_draft import delete_request_draft
from engine.commands.save_request_draft import save_request_draft
from engine.commands.start_instance import start_instance
from engine.errors import AlurError, Conflict, Forbidden, InvalidInput
from engine.queries.plain_forms import plain_start_form
from engine.queries.request_drafts import request_draft
from engine.queries.sent_requests import sent_with
from engine.queries.sop import sop

_SHOWN_WITH_FORM = frozenset({413, 422})
_SENT = "Formulir ini sudah terkirim. Kirim lagi hanya bila Anda memang mengajukan permohonan lain."


@pages.get("/layanan/<key>/ajukan")
@signed_in
def request_form(key: str) -> Response:
    """The form that asks for a service."""
    return _form(key, {})


@pages.get("/konsep/<draft_id>")
@signed_in
def resume_draft(draft_id: str) -> Response:
    """The form as it was left, uploads too; the link opens for its writer only."""
    draft = request_draft(context(), actor(), draft_id)
    return _form(draft["definition"], draft["data"], draft=draft)


@pages.post("/layanan/<key>/ajukan")
@signed_in
def post_request(key: str) -> Response:
    """Starts the request; what is wrong comes back beside the fields."""
    if request.is_json:
        body = json_object()
        draft_id = body.get("draft") if isinstance(body.get("draft"), str) else None
        started = start_instance(
            context(), actor(), key, _data(body), idempotency_key=idempotency_key(), draft_id=draft_id
        )
        return answer({"location": url_for("pages.receipt_page", instance_id=started["id"])})
    data: dict[str, Any] = {}
    draft_id, once = request.form.get("konsep") or None, form_key()
    try:
        asked = plain_start_form(context(), actor(), key)
        data = posted_data(asked.form, asked.zone)
        started = start_instance(context(), actor(), key, data, idempotency_key=once, draft_id=draft_id)
    except Conflict as error:  # this form began a request before, with something else in it
        return _form(key, data, why=error, sent=sent_with(context(), actor(), once))
    except AlurError as error:
        if error.status not in _SHOWN_WITH_FORM:
            raise
        draft = request_draft(context(), actor(), draft_id) if draft_id else None
        return _form(key, data, draft=draft, why=error)
    return redirect(url_for("pages.receipt_page", instance_id=started["id"]), 303)


@pages.post("/layanan/<key>/konsep")
@signed_in
def post_new_draft(key: str) -> Response:
    """Keeps the form for later and gives it a link."""
    return _save(key, None)


@pages.post("/konsep/<draft_id>")
@signed_in
def post_draft_again(draft_id: str) -> Response:
    """Keeps the newer state of a draft; its time begins anew."""
    return _save(request_draft(context(), actor(), draft_id)["definition"], draft_id)


@pages.post("/konsep/<draft_id>/hapus")
@signed_in
def post_delete_draft(draft_id: str) -> Response:
    """Throws a draft away."""
    delete_request_draft(context(), actor(), draft_id)
    flash(text("Konsep dihapus."))
    return redirect(url_for("pages.my_requests"), 303)


@pages.post("/unggah")
@signed_in
def post_upload() -> Response:
    """Takes one file ahead of its form."""
    file = request.files.get("file")
    if file is None:
        raise InvalidInput("Expected a file in the field 'file', but none came.")
    stored = attach_file(context(), actor(), None, file.filename or "", file.read())
    return answer(stored, 201)


def _save(key: str, draft_id: str | None) -> Response:
    if request.is_json:
        saved = save_request_draft(context(), actor(), key, _data(json_object()), draft_id=draft_id)
        location = url_for("pages.resume_draft", draft_id=saved["id"])
        return answer({"message": text("Konsep tersimpan."), "location": location})
    data: dict[str, Any] = {}
    try:
        asked = plain_start_form(context(), actor(), key)
        data = posted_data(asked.form, asked.zone)
        saved = save_request_draft(context(), actor(), key, data, draft_id=draft_id)
    except AlurError as error:
        if error.status not in _SHOWN_WITH_FORM:
            raise
        draft = request_draft(context(), actor(), draft_id) if draft_id else None
        return _form(key, data, draft=draft, why=error)
    flash(text("Konsep tersimpan."))
    return redirect(url_for("pages.resume_draft", draft_id=saved["id"]), 303)


def _data(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data", {})
    if not isinstance(data, dict):
        raise InvalidInput("Expected {data: {…}} with the form's fields inside, but got something else.")
    return data


def _form(
    key: str, data: dict[str, Any], *, draft: dict[str, Any] | None = None, why: AlurError | None = None,
    sent: dict[str, Any] | None = None,
) -> Response:
    about = sop(context(), key)
    if not may_start(actor(), about.start_role, about.start_kind):
        raise Forbidden(f"Expected somebody who may start {key}, but {actor().username} may not.")
    message = text(_SENT) if sent else explain(why) if why else ""
    return page(
        "request_form.html", why.status if why else 200, sop=about, data=data,
        asked=plain_start_form(context(), actor(), key, data),
        errors=why.errors if why else [], message=message, draft=draft, sent=sent,
        link=f"{context().settings.public_url}{url_for('pages.resume_draft', draft_id=draft['id'])}" if draft else "",
    )  # fmt: skip
