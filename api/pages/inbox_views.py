"""Saved views of the inbox: kept, renamed, made the default, deleted; each view is one command, and the way back."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.inbox_filters import address_of, filters_in
from api.pages.language import text
from api.pages.visitor import signed_in
from engine.commands.change_view import change_view
from engine.commands.delete_view import delete_view
from engine.commands.save_view import save_view

_VIEW = "/tugas/tampilan/<int(max=2147483647):view_id>"


def _to(filters: dict[str, object]) -> Response:
    address = address_of(filters) or {"tampilan": "semua"}
    return redirect(url_for("pages.inbox_page", **address), 303)


@pages.post("/tugas/tampilan")
@signed_in
def post_view() -> Response:
    """Keeps the filters that the form carries under a name."""
    default = "bawaan" in request.form
    saved = save_view(context(), actor(), request.form.get("name", ""), filters_in(request.form), default=default)
    flash(text("Tampilan disimpan."))
    return _to(saved["filters"])


@pages.post(_VIEW)
@signed_in
def post_view_changes(view_id: int) -> Response:
    """Renames a view, and makes it the default or not."""
    default = "bawaan" in request.form
    changed = change_view(context(), actor(), view_id, name=request.form.get("name", ""), default=default)
    flash(text("Tampilan diubah."))
    return _to(changed["filters"])


@pages.post(f"{_VIEW}/saringan")
@signed_in
def post_view_filters(view_id: int) -> Response:
    """Gives a view the filters that the list has now."""
    changed = change_view(context(), actor(), view_id, filters=filters_in(request.form))
    flash(text("Tampilan diubah."))
    return _to(changed["filters"])


@pages.post(f"{_VIEW}/hapus")
@signed_in
def post_view_deletion(view_id: int) -> Response:
    """Throws a view away."""
    delete_view(context(), actor(), view_id)
    flash(text("Tampilan dihapus."))
    return _to({})
