"""The decision editor of a draft: the editor's page, the server's check, and trying a decision with given inputs."""

from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, json_object
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.commands.try_decision import try_decision
from engine.errors import InvalidInput
from engine.queries.draft_decisions import check_decision, draft_decision


@pages.get("/sop/<key>/keputusan/<file_key>")
@signed_in
def decision_editor(key: str, file_key: str) -> Response:
    """A decision of the draft, in the editor."""
    return page("editors/decision_editor.html", decision=draft_decision(context(), actor(), key, file_key))


@pages.post("/sop/<key>/keputusan/<file_key>/periksa")
@signed_in
def post_decision_check(key: str, file_key: str) -> Response:
    """The server's verdict on a decision as it is drawn."""
    return answer(check_decision(actor(), file_key, _xml(json_object().get("xml"))))


@pages.post("/sop/<key>/keputusan/<file_key>/coba")
@signed_in
def post_decision_try(key: str, file_key: str) -> Response:
    """What a decision gives for inputs, and which rules matched."""
    body = json_object()
    variables, wanted = body.get("variables", {}), body.get("decision") or None
    if not isinstance(variables, dict) or not isinstance(wanted, str | None):
        raise InvalidInput("Expected {xml, decision, variables}, but got something else.",
                           [{"field": "variables", "message": "Harus berupa objek JSON."}])
    return answer(try_decision(context(), actor(), _xml(body.get("xml")), variables, decision=wanted))


def _xml(value: object) -> bytes:
    if not isinstance(value, str) or not value:
        raise InvalidInput("Expected DMN in 'xml', but got something else.",
                           [{"field": "xml", "message": "Harus berupa teks."}])
    return value.encode()
