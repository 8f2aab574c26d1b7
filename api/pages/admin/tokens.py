"""API tokens: everybody's for administrators, one's own for everybody. A secret is shown once, when it is issued."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, PER_PAGE, admin_page, asked, for_administrators, refusal, typed
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.commands.issue_token import issue_token
from engine.commands.revoke_token import revoke_token
from engine.commands.revoke_tokens import revoke_tokens
from engine.errors import AlurError
from engine.queries.people import describe
from engine.queries.tokens import list_tokens


@pages.get("/admin/token")
@for_administrators
def admin_tokens() -> Response:
    """Tokens and logins of everybody, or of one person."""
    return _everybodys()


def _everybodys(error: AlurError | None = None) -> Response:
    filters = asked("orang", "semua")
    found = list_tokens(
        context(), actor(), username=filters.get("orang"), valid="semua" not in filters, limit=PER_PAGE,
        cursor=request.args.get("kursor") or None,
    )  # fmt: skip
    return admin_page("tokens.html", error.status if error else 200, found=found, filters=filters,
                      values=typed("username", "name", "days"), refusal=refusal(error) if error else None)  # fmt: skip


@pages.post("/admin/token")
@for_administrators
def post_admin_token() -> Response:
    """Issues a token for a person; this answer is the only place that shows its secret."""
    try:
        issued = _issue(request.form.get("username", "").strip())
    except CORRECTABLE as error:
        return _everybodys(error)
    return admin_page("token_once.html", issued=issued, back=url_for("pages.admin_tokens"))


def _issue(username: str) -> dict[str, Any]:
    days = request.form.get("days", "")
    life = timedelta(days=int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0)
    return issue_token(context(), actor(), username, life=life, name=request.form.get("name", ""))


@pages.post("/admin/token/<int(max=2147483647):token_id>/cabut")
@for_administrators
def post_admin_token_revoke(token_id: int) -> Response:
    """Revokes one token of anybody."""
    revoke_token(context(), actor(), token_id)
    flash(text("Token dicabut."))
    return redirect(url_for("pages.admin_tokens"), 303)


@pages.post("/admin/orang/<username>/token/cabut")
@for_administrators
def post_admin_tokens_revoke(username: str) -> Response:
    """Ends every session and token of a person, with a reason."""
    try:
        done = revoke_tokens(context(), actor(), username, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _everybodys(error)
    flash(text("{n} sesi dan token diakhiri.", n=done["revoked"]))
    return redirect(url_for("pages.admin_person", username=username), 303)


@pages.get("/akun")
@signed_in
def account() -> Response:
    """The visitor's own posts, roles and tokens."""
    return _own()


def _own(error: AlurError | None = None) -> Response:
    found = list_tokens(context(), actor(), username=actor().username, limit=PER_PAGE,
                        cursor=request.args.get("kursor") or None)  # fmt: skip
    return page("admin/account.html", error.status if error else 200, me=describe(actor()), found=found, filters={},
                values=typed("name", "days"), refusal=refusal(error) if error else None)  # fmt: skip


@pages.post("/akun/token")
@signed_in
def post_own_token() -> Response:
    """Issues a token for oneself."""
    try:
        issued = _issue(actor().username)
    except CORRECTABLE as error:
        return _own(error)
    return page("admin/own_token_once.html", issued=issued)


@pages.post("/akun/token/<int(max=2147483647):token_id>/cabut")
@signed_in
def post_own_token_revoke(token_id: int) -> Response:
    """Revokes one of one's own tokens."""
    revoke_token(context(), actor(), token_id)
    flash(text("Token dicabut."))
    return redirect(url_for("pages.account"), 303)
