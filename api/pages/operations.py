"""The administrator's page: requests that stand still with a retry, and messages that could not be delivered."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.commands.resend_message import resend_message
from engine.commands.retry_instance import retry_instance
from engine.errors import InvalidInput
from engine.people import require_administrator
from engine.queries.instances import InstanceFilter, incidents, list_instances
from engine.queries.outbox import list_outbox

PER_PAGE = 25


@pages.get("/admin/kendala")
@signed_in
def operations_page() -> Response:
    """What waits for an administrator."""
    require_administrator(actor())
    stopped = list_instances(
        context(), actor(), InstanceFilter(status="incident"), limit=PER_PAGE, cursor=request.args.get("kursor") or None
    )
    found = [one | {"incidents": incidents(context(), actor(), one["id"])} for one in stopped["items"]]
    letters = list_outbox(context(), actor(), limit=PER_PAGE, cursor=request.args.get("surat") or None)
    return page("operations.html", found=found, next_cursor=stopped["next_cursor"], letters=letters)


@pages.post("/admin/kendala/<instance_id>/ulang")
@signed_in
def post_retry(instance_id: str) -> Response:
    """Retries what an incident stopped; the reason is recorded."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        raise InvalidInput("Expected a reason, but none came.", [{"field": "reason", "message": "Wajib diisi."}])
    retry_instance(context(), actor(), instance_id, reason, token=request.form.get("token") or None)
    flash(text("Kendala dicoba ulang."))
    return redirect(url_for("pages.operations_page"), 303)


@pages.post("/admin/surat/<message_id>/ulang")
@signed_in
def post_resend(message_id: str) -> Response:
    """Sends a dead letter again."""
    resend_message(context(), actor(), message_id)
    flash(text("Pesan akan dikirim lagi."))
    return redirect(url_for("pages.operations_page"), 303)
