"""What people do to a task on its page: each view is one command, and the way back."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.headers import form_key, idempotency_key, if_match
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.forms_plain import posted_data
from api.pages.language import text
from api.pages.task import render_task
from api.pages.visitor import signed_in
from engine.assignment import Actor
from engine.commands.attach_file import attach_file
from engine.commands.claim_task import claim_task
from engine.commands.comment_task import comment_task
from engine.commands.complete_task import complete_task
from engine.commands.delegate_task import delegate_task
from engine.commands.save_draft import save_draft
from engine.commands.unclaim_task import unclaim_task
from engine.errors import AlurError, Conflict, InvalidInput, NotFound
from engine.queries.plain_forms import plain_task_form
from engine.queries.tasks import task

_SHOWN_WITH_FORM = frozenset({409, 412, 413, 422})
_SENT = "Formulir ini sudah terkirim; tugasnya selesai dengan isian yang pertama."


def _to(task_id: str) -> Response:
    return redirect(url_for("pages.task_page", task_id=task_id), 303)


@pages.post("/tugas/<task_id>/ambil")
@signed_in
def post_claim(task_id: str) -> Response:
    """Makes the visitor the assignee."""
    claim_task(context(), actor(), task_id)
    flash(text("Tugas ini sekarang ada pada Anda."))
    return _to(task_id)


@pages.post("/tugas/<task_id>/lepas")
@signed_in
def post_unclaim(task_id: str) -> Response:
    """Gives the task back to its lane."""
    unclaim_task(context(), actor(), task_id)
    flash(text("Tugas dilepas; rekan Anda dapat mengambilnya."))
    return redirect(url_for("pages.inbox_page"), 303)


@pages.post("/tugas/<task_id>/selesai")
@signed_in
def post_complete(task_id: str) -> Response:
    """Completes the task; a refusal comes back with everything that was typed."""
    if request.is_json:
        body = json_object()
        complete_task(
            context(), actor(), task_id, _data(body), if_match=if_match(), idempotency_key=idempotency_key()
        )
        flash(text("Tugas diselesaikan."))
        return answer({"location": _after(actor())})
    asked = plain_task_form(context(), actor(), task(context(), actor(), task_id))
    data: dict[str, Any] = {}
    try:
        data = posted_data(asked.form, asked.zone)
        complete_task(
            context(), actor(), task_id, data, if_match=request.form.get("etag"), idempotency_key=form_key()
        )
    except AlurError as error:
        if error.status not in _SHOWN_WITH_FORM:
            raise
        message = text(_SENT) if isinstance(error, Conflict) else explain(error)
        return render_task(task_id, error.status, typed=data, errors=error.errors, message=message)
    flash(text("Tugas diselesaikan."))
    return redirect(_after(actor()), 303)


@pages.post("/tugas/<task_id>/konsep")
@signed_in
def post_draft(task_id: str) -> Response:
    """Keeps what was typed so far."""
    save_draft(context(), actor(), task_id, _data(json_object()))
    return answer({"message": text("Konsep tersimpan.")})


@pages.post("/tugas/<task_id>/komentar")
@signed_in
def post_comment(task_id: str) -> Response:
    """Adds a comment."""
    for_applicant = request.form.get("for_applicant") == "ya"
    comment_task(context(), actor(), task_id, request.form.get("text", ""), for_applicant=for_applicant)
    flash(text("Komentar ditambahkan."))
    return _to(task_id)


@pages.post("/tugas/<task_id>/disposisi")
@signed_in
def post_delegate(task_id: str) -> Response:
    """Hands the task to a colleague with an instruction."""
    instruction = request.form.get("instruction", "").strip()
    if not instruction:
        raise InvalidInput("Expected an instruction, but none came.",
                           [{"field": "instruction", "message": "Wajib diisi."}])
    delegate_task(context(), actor(), task_id, request.form.get("username", "").strip(), instruction)
    flash(text("Tugas didisposisikan."))
    try:
        task(context(), actor(), task_id)
    except NotFound:  # handed over to another lane: no longer the visitor's to see
        return redirect(url_for("pages.inbox_page"), 303)
    return _to(task_id)


@pages.post("/tugas/<task_id>/berkas")
@signed_in
def post_file(task_id: str) -> Response:
    """Adds a file to the task."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise InvalidInput("Expected a file, but none came.", [{"field": "file", "message": "Wajib diisi."}])
    attach_file(context(), actor(), task_id, file.filename, file.read())
    flash(text("Berkas dilampirkan."))
    return _to(task_id)


def _data(body: dict[str, Any]) -> dict[str, Any]:
    data = body.get("data", {})
    if not isinstance(data, dict):
        raise InvalidInput("Expected {data: {…}} with the form's fields inside, but got something else.")
    return data


def _after(visitor: Actor) -> str:
    return url_for("pages.my_requests" if visitor.kind == "warga" else "pages.inbox_page")
