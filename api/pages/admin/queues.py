"""Queues and workers: messages to the outside, due timers, jobs, and when each worker last looked."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import PER_PAGE, admin_page, for_administrators
from api.pages.admin.words import JOBS, OUTBOX
from api.pages.blueprint import pages
from api.pages.language import text
from engine.commands.resend_message import resend_message
from engine.queries.backlog import backlog
from engine.queries.outbox import list_outbox
from engine.queries.workers import due_timers, list_jobs, list_workers

SILENT_SECONDS = 120  # a worker that has not looked for so long is worth a look


@pages.get("/admin/antrean")
@for_administrators
def admin_queues() -> Response:
    """What waits in which queue, and who works them off."""
    asked = request.args.get("status", "")
    status = asked if asked in OUTBOX else "dead"
    letters = list_outbox(context(), actor(), status=status, limit=PER_PAGE, cursor=request.args.get("surat") or None)
    jobs = list_jobs(context(), actor(), limit=PER_PAGE, cursor=request.args.get("kerja") or None)
    return admin_page(
        "queues.html", waiting=backlog(context()), letters=letters, shown=status, statuses=OUTBOX, jobs=jobs,
        due=due_timers(context(), actor()), workers=list_workers(context(), actor()), job_words=JOBS,
        silent=SILENT_SECONDS,
    )  # fmt: skip


@pages.post("/admin/surat/<message_id>/ulang")
@for_administrators
def post_resend(message_id: str) -> Response:
    """Sends a dead letter again."""
    resend_message(context(), actor(), message_id)
    flash(text("Pesan akan dikirim lagi."))
    return redirect(url_for("pages.admin_queues"), 303)
