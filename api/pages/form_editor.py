"""The form editor of a draft: the editor's page, the server's check, and a preview that tries the form like a task."""

from typing import Any

from flask import flash, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.forms_plain import decision_of, without
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.errors import InvalidInput
from engine.queries.draft_forms import check_form, draft_form, sample_upload, try_form


@pages.get("/sop/<key>/formulir/<form_key>")
@signed_in
def form_editor(key: str, form_key: str) -> Response:
    """A form of the draft, in the editor."""
    return page("editors/form_editor.html", form=draft_form(context(), actor(), key, form_key))


@pages.post("/sop/<key>/formulir/<form_key>/periksa")
@signed_in
def post_form_check(key: str, form_key: str) -> Response:
    """The server's verdict on a form as it is drawn."""
    return answer(check_form(actor(), _object("schema")))


@pages.get("/sop/<key>/formulir/<form_key>/pratinjau")
@signed_in
def form_preview(key: str, form_key: str) -> Response:
    """The form as people will see it, with the viewer of the task page."""
    found = draft_form(context(), actor(), key, form_key)
    decision = decision_of(found["offered"])
    return page(
        "editors/form_preview.html", form=found, schema=without(found["schema"], decision),
        offered=without(found["offered"], decision), decision=decision,
        problems=check_form(actor(), found["schema"])["findings"],
    )  # fmt: skip


@pages.post("/sop/<key>/formulir/<form_key>/pratinjau")
@signed_in
def post_form_preview(key: str, form_key: str) -> Response:
    """Judges the typed data as a task with this form would."""
    data = try_form(context(), actor(), key, form_key, _object("data"))
    flash(text("Isian diterima; {n} data akan tersimpan.", n=len(data)))
    return answer({"location": url_for("pages.form_preview", key=key, form_key=form_key), "data": data})


@pages.post("/sop/<key>/formulir/<form_key>/pratinjau/berkas")
@signed_in
def post_form_preview_file(key: str, form_key: str) -> Response:
    """A number for a chosen file, which is not kept."""
    draft_form(context(), actor(), key, form_key)
    file = request.files.get("file")
    return answer({"id": sample_upload((file.filename if file else "") or "")}, 201)


def _object(name: str) -> dict[str, Any]:
    value = json_object().get(name)
    if not isinstance(value, dict):
        raise InvalidInput(f"Expected a JSON object in '{name}', but got something else.",
                           [{"field": name, "message": "Harus berupa objek JSON."}])
    return value
