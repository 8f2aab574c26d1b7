"""Notifications in the page: the list with its read marks, and the number beside the bell."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.body import answer, nothing
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in, wants_json
from engine.commands.read_notifications import read_notifications
from engine.queries.notifications import notifications, unread

PER_PAGE = 25


@pages.get("/pemberitahuan")
@signed_in
def notifications_page() -> Response:
    """What came to the visitor in the last thirty days, newest first."""
    found = notifications(context(), actor(), limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    return page("notifications.html", found=found)


@pages.get("/pemberitahuan/jumlah")
@signed_in
def get_unread() -> Response:
    """How many are unread, for the bell."""
    return answer({"unread": unread(context(), actor())})


@pages.post("/pemberitahuan/dibaca")
@signed_in
def post_read() -> Response:
    """Marks the named ones as read, or everything."""
    read_notifications(context(), actor(), request.form.getlist("id") or None)
    if wants_json():
        return nothing()
    flash(text("Ditandai sudah dibaca."))
    return redirect(url_for("pages.notifications_page"), 303)
