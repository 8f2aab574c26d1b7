"""The switch between the posts of a person, acting ones (Plt./Plh.) too: in which one the visitor works now."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.visitor import choose_post, signed_in
from engine.errors import InvalidInput


@pages.post("/jabatan")
@signed_in
def post_choose_post() -> Response:
    """Works from now on in one of the posts held today, or in all of them."""
    wanted = request.form.get("jabatan", "")
    chosen = next((post for post in actor().posts if str(post.id) == wanted), None)
    if wanted and chosen is None:
        raise InvalidInput("Expected one of the posts that you hold today, but got another.",
                           [{"field": "jabatan", "message": "Pilih salah satu jabatan Anda."}])
    choose_post(chosen.id if chosen else None)
    flash(text("Anda bekerja sebagai {post}.", post=chosen.title) if chosen else
          text("Anda bekerja dalam semua jabatan Anda."))
    return redirect(url_for("pages.home"), 303)
