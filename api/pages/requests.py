"""Requests as their applicants see them: the list, the receipt, and tracking by number without a login."""

from flask import Response as FlaskResponse
from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.documents.document_qr import qr_svg
from engine.documents.receipt import receipt_pdf
from engine.errors import NotFound
from engine.queries.inbox import InboxFilter, inbox
from engine.queries.instances import InstanceFilter, list_instances
from engine.queries.receipts import receipt
from engine.queries.remaining import remaining, zone_of
from engine.queries.request_drafts import list_request_drafts
from engine.queries.services import track
from engine.queries.surveys import open_surveys

PER_PAGE = 20


@pages.get("/permohonan")
@signed_in
def my_requests() -> Response:
    """The visitor's requests, and what they ask of the visitor."""
    wanted = InstanceFilter(status=request.args.get("status") or None, q=request.args.get("q") or None)
    found = list_instances(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor"))
    mine = inbox(context(), actor(), InboxFilter(assignee="me"), limit=PER_PAGE)["items"]
    to_rate = open_surveys(context(), actor(), [one["id"] for one in found["items"]])
    return page(
        "my_requests.html", found=found, tasks=mine, left=remaining(context(), mine), wanted=wanted, to_rate=to_rate,
        drafts=list_request_drafts(context(), actor()),
    )  # fmt: skip


@pages.get("/permohonan/<instance_id>/tanda-terima")
@signed_in
def receipt_page(instance_id: str) -> Response:
    """The receipt of a request: number, service, moment, and a QR code to the tracking page."""
    paper = receipt(context(), actor(), instance_id)
    waiting = inbox(context(), actor(), InboxFilter(assignee="me", instance_id=instance_id))["items"]
    return page(
        "receipt.html", paper=paper, instance_id=instance_id, qr=qr_svg(paper.track_url), tasks=waiting,
        to_rate=open_surveys(context(), actor(), [instance_id]),
    )  # fmt: skip


@pages.get("/permohonan/<instance_id>/tanda-terima.pdf")
@signed_in
def receipt_file(instance_id: str) -> Response:
    """The receipt as PDF."""
    paper = receipt(context(), actor(), instance_id)
    response = FlaskResponse(receipt_pdf(paper), content_type="application/pdf")
    response.headers.set("Content-Disposition", "attachment", filename=f"{paper.registration_number}.pdf")
    return response


@pages.get("/lacak")
def track_form() -> Response:
    """Asks for a registration number."""
    number = request.args.get("nomor", "").strip()
    if number:
        return redirect(url_for("pages.track_page", number=number.upper()))
    return page("track.html", found=None, number="", unknown=False)


@pages.get("/lacak/<number>")
def track_page(number: str) -> Response:
    """Where a request is: status and steps, without names or contents."""
    try:
        found = track(context(), number)
    except NotFound:
        return page("track.html", 404, found=None, number=number, unknown=True)
    zone = zone_of(context(), registration_number=number)
    return page("track.html", found=found, number=number, zone=zone, unknown=False)
