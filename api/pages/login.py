"""Login, logout, language."""

from urllib.parse import urlsplit

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.errors import explain
from api.pages.language import LANGUAGES, text
from api.pages.rendering import page
from api.pages.visitor import begin, signed_in, someone
from api.pages.words import REFUSALS
from engine.commands.change_password import change_password
from engine.commands.log_in import log_in
from engine.commands.log_out import log_out
from engine.errors import InvalidInput, PasswordChangeDue, TooManyAttempts, Unauthenticated
from engine.queries.site import registration_open

_UNFIT = "Kata sandi baru terdiri atas 10 sampai 200 karakter dan berbeda dari yang lama."
_WRONG = "Nama pengguna dan kata sandi tidak cocok."


def back(default: str) -> str:
    """Where the visitor came from: only an address of this service, so that no link leads elsewhere after login."""
    wanted = request.values.get("lanjut", "")
    parts = urlsplit(wanted)
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not (parts.scheme or parts.netloc)
    return wanted if ours and all(ord(one) > 31 for one in wanted) else default


@pages.get("/masuk")
def login() -> Response:
    """The login form."""
    if someone() is not None:
        return redirect(back(url_for("pages.home")))
    return _login()


def _login(status: int = 200, username: str = "", wrong: str = "") -> Response:
    registers = registration_open(context())
    return page("login.html", status, back=back(""), username=username, wrong=wrong, registers=registers)


@pages.post("/masuk")
def post_login() -> Response:
    """Takes a user name and password; throttled by the command."""
    username, password = request.form.get("username", "").strip(), request.form.get("password", "")[:1000]
    try:
        token = log_in(context(), username, password, request.remote_addr or "-")["token"]
    except Unauthenticated as error:
        return _login(error.status, username, _WRONG)
    except TooManyAttempts as error:
        return _login(error.status, username, explain(error))
    except PasswordChangeDue:
        return page("new_password.html", back=back(""), username=username, once=True)
    begin(token)
    return redirect(back(url_for("pages.home")), 303)


@pages.get("/kata-sandi")
@signed_in
def password_page() -> Response:
    """The form for another password."""
    return page("new_password.html", back="", username=actor().username)


@pages.post("/kata-sandi")
def post_password() -> Response:
    """Exchanges the password, which may be a one-time one, and logs in with the new one."""
    typed, address = request.form, request.remote_addr or "-"
    username, old, new = typed.get("username", "").strip(), typed.get("old", "")[:1000], typed.get("new", "")[:1000]
    shown = {"back": back(""), "username": username, "once": typed.get("once")}
    if new != typed.get("again", ""):
        return page("new_password.html", 422, wrong="Kata sandi baru dan ulangannya tidak sama.", **shown)
    try:
        change_password(context(), username, old, new, address)
        begin(log_in(context(), username, new, address)["token"])
    except Unauthenticated as error:
        return page("new_password.html", error.status, wrong="Kata sandi lama salah atau sudah kedaluwarsa.", **shown)
    except InvalidInput as error:
        return page("new_password.html", error.status, wrong=_UNFIT, **shown)
    except TooManyAttempts as error:
        return page("new_password.html", error.status, wrong=REFUSALS[error.code][1], **shown)
    flash(text("Kata sandi diganti. Semua sesi lain sudah diakhiri."))
    return redirect(back(url_for("pages.home")), 303)


@pages.post("/keluar")
def post_logout() -> Response:
    """Ends the session; its token stops working."""
    token = session.pop("token", None)
    if token is not None:
        log_out(context(), token)
    language = session.get("lang")
    session.clear()
    if language:
        session["lang"] = language
    return redirect(url_for("pages.services_page"), 303)


@pages.get("/bahasa/<chosen>")
def choose_language(chosen: str) -> Response:
    """Switches the language of the pages for this visitor."""
    session["lang"] = chosen if chosen in LANGUAGES else "id"
    return redirect(back(url_for("pages.services_page")), 303)


@pages.get("/beranda")
def home() -> Response:
    """Sends people to where their work is."""
    visitor = someone()
    if visitor is None:
        return redirect(url_for("pages.services_page"))
    if visitor.kind == "warga":
        return redirect(url_for("pages.my_requests"))
    return redirect(url_for("pages.audit_list" if "alur-auditor" in visitor.roles else "pages.inbox_page"))
