"""Requests as their applicants see them: the list, the receipt; and tracking by number, for everybody."""

from typing import Any

from flask import Response as FlaskResponse
from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.rendering import page
from api.pages.visitor import signed_in, someone
from engine.documents.document_qr import qr_svg
from engine.documents.receipt import receipt_pdf
from engine.errors import NotFound
from engine.queries.inbox import InboxFilter, inbox
from engine.queries.instances import STATUSES, InstanceFilter, list_instances
from engine.queries.receipts import receipt
from engine.queries.remaining import remaining, zone_of
from engine.queries.request_drafts import list_request_drafts
from engine.queries.sop import sop
from engine.queries.surveys import open_surveys
from engine.queries.tracking import own_request, track, whereabouts

PER_PAGE = 20


@pages.get("/permohonan")
@signed_in
def my_requests() -> Response:
    """The visitor's requests with where each stands, what they ask of the visitor, and drafts not sent yet."""
    asked = request.args
    wanted = InstanceFilter(status=asked.get("status") or None, q=asked.get("q", "").strip() or None)
    found = list_instances(context(), actor(), wanted, limit=PER_PAGE, cursor=asked.get("kursor") or None)
    mine = inbox(context(), actor(), InboxFilter(assignee="me"), limit=PER_PAGE)["items"]
    listed = [one["id"] for one in found["items"]]
    return page(
        "my_requests.html", found=found, tasks=mine, left=remaining(context(), mine), statuses=STATUSES,
        filters={name: asked[name] for name in ("q", "status") if asked.get(name)},
        to_rate=open_surveys(context(), actor(), listed), places=whereabouts(context(), listed),
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
    """Where a request is: status and steps, without names or contents; the applicant's own steps as links."""
    return _page("track.html", number.strip().upper())


@pages.get("/lacak/<number>/diagram")
def track_diagram(number: str) -> Response:
    """The same on the SOP's diagram, with the table beside it."""
    return _page("track_diagram.html", number.strip().upper())


def _page(template: str, number: str) -> Response:
    try:
        found = track(context(), number, someone())
    except NotFound:
        return page("track.html", 404, found=None, number=number, unknown=True)
    about = sop(context(), found["definition"], found["version"])
    applicants = {step.element_id for step in about.steps if step.applicants}
    open_ = [step for step in found["steps"] if step["status"] == "open"]
    return page(
        template, found=found, number=number, unknown=False, zone=zone_of(context(), registration_number=number),
        sop=about, open_=open_, states={step["element_id"]: step for step in found["steps"]},
        waits_for_applicant=any(step["element_id"] in applicants for step in open_), own=_own(number),
    )  # fmt: skip


def _own(number: str) -> dict[str, Any] | None:
    """What only the applicant sees: the own open steps, the reason of a stop, whether the survey is open."""
    if someone() is None:
        return None
    own = own_request(context(), actor(), number)
    if own is None:
        return None
    wanted = InboxFilter(assignee="me", instance_id=own["instance_id"])
    mine = inbox(context(), actor(), wanted)["items"]
    to_rate = bool(open_surveys(context(), actor(), [own["instance_id"]]))
    return own | {"tasks": mine, "left": remaining(context(), mine), "to_rate": to_rate}
