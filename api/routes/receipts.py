"""The receipt (tanda terima) of a request, to print or to keep."""

from flask import Response

from api.auth import actor
from api.extensions import context
from api.openapi import Resource
from engine.documents.receipt import RECEIPT_POLICY, receipt_html, receipt_pdf
from engine.queries.receipts import receipt

blueprint = Resource("receipts", "Tanda terima")
BINARY = {"type": "string", "format": "binary"}
HTML, PDF = "text/html; charset=utf-8", "application/pdf"


@blueprint.route("/instances/<instance_id>/receipt.html", methods=["GET"])
@blueprint.response(200, BINARY, content_type="text/html")
def get_receipt_html(instance_id: str) -> Response:
    """The receipt for the browser."""
    page = receipt_html(receipt(context(), actor(), instance_id))
    return Response(page, content_type=HTML, headers={"Content-Security-Policy": RECEIPT_POLICY})


@blueprint.route("/instances/<instance_id>/receipt.pdf", methods=["GET"])
@blueprint.response(200, BINARY, content_type=PDF)
def get_receipt_pdf(instance_id: str) -> Response:
    """The receipt on A5 (PDF/A)."""
    found = receipt(context(), actor(), instance_id)
    name = f'attachment; filename="tanda-terima-{found.registration_number}.pdf"'
    return Response(receipt_pdf(found), content_type=PDF, headers={"Content-Disposition": name})
