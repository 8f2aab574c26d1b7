"""Verification of one request, its proof to download, and the proof's readable statement. Reads only."""

import json

from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.audit.desk import require_reader
from api.pages.audit.replay import replay_view
from api.pages.blueprint import pages
from api.pages.visitor import signed_in
from engine.commands.prove_instance import prove_instance
from engine.commands.verify_execution import verify_execution
from engine.documents.proof_bundle import PROOF, pack
from engine.documents.proof_statement import STATEMENT_POLICY, statement_html, statement_pdf


@pages.post("/audit/<instance_id>/verifikasi")
@signed_in
def post_verify(instance_id: str) -> Response:
    """Checks the chain and runs the recorded inputs again."""
    require_reader()
    return replay_view(instance_id, verify_execution(context(), actor(), instance_id))


@pages.get("/audit/<instance_id>/bukti.zip")
@signed_in
def proof_zip(instance_id: str) -> Response:
    """The proof and its statement, as one file."""
    require_reader()
    proof = prove_instance(context(), actor(), instance_id)
    return _file(pack(proof), "application/zip", f"bukti-{proof['statement']['registration_number']}.zip")


@pages.get("/audit/<instance_id>/bukti.json")
@signed_in
def proof_json(instance_id: str) -> Response:
    """The proof alone."""
    require_reader()
    body = json.dumps(prove_instance(context(), actor(), instance_id), ensure_ascii=False, indent=1)
    return _file(body.encode(), "application/json", PROOF)


@pages.get("/audit/<instance_id>/pernyataan.pdf")
@signed_in
def statement_as_pdf(instance_id: str) -> Response:
    """What was checked, when, by which key, and the result: to print."""
    require_reader()
    proof = prove_instance(context(), actor(), instance_id)
    name = f"pernyataan-{proof['statement']['registration_number']}.pdf"
    return _file(statement_pdf(proof), "application/pdf", name)


@pages.get("/audit/<instance_id>/pernyataan")
@signed_in
def statement_page(instance_id: str) -> Response:
    """The same as a page."""
    require_reader()
    response = FlaskResponse(statement_html(prove_instance(context(), actor(), instance_id)))
    response.headers["Content-Security-Policy"] = STATEMENT_POLICY
    return response


def _file(body: bytes, content_type: str, name: str) -> Response:
    response = FlaskResponse(body, content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
