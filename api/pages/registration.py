"""Citizens register themselves."""

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.extensions import context
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.language import text
from api.pages.login import back
from api.pages.rendering import page
from api.pages.visitor import begin, someone
from engine.commands.log_in import log_in
from engine.commands.register_person import register_person
from engine.errors import AlurError, Conflict, Forbidden
from engine.queries.site import registration_open

_FIELDS = ("username", "name", "email", "phone")


@pages.get("/daftar")
def register_page() -> Response:
    """The form, where the site takes registrations."""
    if someone() is not None:
        return redirect(back(url_for("pages.home")))
    if not registration_open(context()):
        raise Forbidden("Expected a site that takes registrations, but accounts are given by its administrators.")
    return _form({})


@pages.post("/daftar")
def post_register() -> Response:
    """Makes the account; what is wrong comes back beside the fields, but for the password."""
    typed = {name: request.form.get(name, "").strip()[:300] for name in _FIELDS}
    password, address = request.form.get("password", "")[:1000], request.remote_addr or "-"
    given = typed | {"password": password, "consent": request.form.get("consent") == "ya"}
    try:
        made = register_person(context(), given, address)
    except AlurError as error:
        if error.status not in (409, 422, 429):
            raise
        return _form(typed, error)
    if made["confirmation"] == "email":
        return page("registered.html", email=typed["email"], username=made["username"], back=back(""))
    begin(log_in(context(), made["username"], password, address)["token"])
    flash(text("Akun Anda sudah dibuat."))
    return redirect(back(url_for("pages.home")), 303)


def _form(typed: dict[str, str], error: AlurError | None = None) -> Response:
    message = explain(error) if error and not isinstance(error, Conflict) else ""
    return page(
        "register.html", error.status if error else 200, typed=typed, errors=error.errors if error else [],
        message=message, confirms=context().settings.channels.smtp is not None, back=back(""),
    )  # fmt: skip
