"""Drafts for the editors of the browser: JSON in and out, ETags against overwriting a colleague's work."""

import json
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.headers import if_match
from api.pages.blueprint import pages
from api.pages.visitor import signed_in
from engine.commands.create_definition_draft import create_definition_draft
from engine.commands.delete_draft_file import delete_draft_file
from engine.commands.save_definition_draft import save_definition_draft
from engine.commands.save_draft_file import save_draft_file
from engine.commands.validate_definition import validate_definition
from engine.diagram.edit import readable
from engine.errors import InvalidInput
from engine.queries.drafts import draft_contents

KINDS = {"formulir": "form", "keputusan": "decision"}


@pages.get("/sop/<key>/konsep")
@signed_in
def get_sop_draft(key: str) -> Response:
    """A draft with its forms and decisions."""
    found = draft_contents(context(), actor(), key)
    body = found.facts | {
        "xml": readable(found.xml),
        "forms": {name: json.loads(form) for name, form in found.forms.items()},
        "decisions": {name: readable(decision) for name, decision in found.decisions.items()},
    }
    return answer(body, headers={"ETag": found.facts["etag"], "Cache-Control": "no-store"})


@pages.put("/sop/<key>/konsep")
@signed_in
def put_sop_draft(key: str) -> Response:
    """Keeps the drawing."""
    body, new = json_object(), request.headers.get("If-None-Match", "").strip() == "*"
    if not new:
        _require_if_match()
    saved = save_definition_draft(
        context(), actor(), key, _text(body, "xml").encode(), profile=body.get("profile"), if_match=if_match(),
        must_be_new=new,
    )  # fmt: skip
    return _saved(saved)


@pages.post("/sop/<key>/konsep")
@signed_in
def post_sop_draft(key: str) -> Response:
    """Begins a draft of this SOP, and on to the editor; one that is there already stays as it is."""
    body = json_object() if request.is_json else request.form
    name, template = str(body.get("name") or ""), str(body.get("template") or "") or None
    made = create_definition_draft(context(), actor(), key, name=name, template=template)
    place = f"{url_for('pages.sop_page', key=key)}/rancang"
    if request.is_json:
        return answer(made | {"location": place}, 201 if made["created"] else 200)
    return redirect(place, 303)


@pages.put("/sop/<key>/konsep/<any(formulir, keputusan):kind>/<file_key>")
@signed_in
def put_sop_draft_file(key: str, kind: str, file_key: str) -> Response:
    """Keeps a form or a decision of the draft."""
    body = json_object()
    _require_if_match()
    content = _schema(body) if kind == "formulir" else _text(body, "xml").encode()
    return _saved(save_draft_file(context(), actor(), key, KINDS[kind], file_key, content, if_match=if_match()))


@pages.delete("/sop/<key>/konsep/<any(formulir, keputusan):kind>/<file_key>")
@signed_in
def delete_sop_draft_file(key: str, kind: str, file_key: str) -> Response:
    """Takes a form or a decision out of the draft."""
    _require_if_match()
    return _saved(delete_draft_file(context(), actor(), key, KINDS[kind], file_key, if_match=if_match()))


@pages.post("/sop/periksa")
@signed_in
def post_check_sop() -> Response:
    """The server's verdict on a drawing; with `key`, the forms and decisions of that draft count."""
    body = json_object()
    key, profile = body.get("key") or "", body.get("profile") or "sop"
    if not isinstance(key, str) or not isinstance(profile, str):
        raise InvalidInput("Expected key and profile to be texts.", [{"field": "key", "message": "Harus berupa teks."}])
    verdict = validate_definition(context(), actor(), _text(body, "xml").encode(), profile=profile, draft=key)
    return answer(verdict)


def _require_if_match() -> None:
    if if_match() is None:
        message = "Expected the header If-Match with the draft's ETag, or If-None-Match: * for a new draft."
        raise InvalidInput(message, [{"field": "If-Match", "message": message}])


def _saved(saved: dict[str, Any]) -> Response:
    return answer(saved, headers={"ETag": saved["etag"]})


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise InvalidInput(f"Expected a text in '{name}', but got something else.",
                           [{"field": name, "message": "Harus berupa teks."}])
    return value


def _schema(body: dict[str, Any]) -> bytes:
    schema = body.get("schema")
    if not isinstance(schema, dict):
        raise InvalidInput("Expected a form-js schema, a JSON object, in 'schema'.",
                           [{"field": "schema", "message": "Harus berupa objek JSON."}])
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":")).encode()
