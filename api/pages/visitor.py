"""Who looks at a page: the session cookie, its CSRF token, and the guard for pages that need a login.

The session holds the API token of the login and nothing else of weight, so logging out or revoking it works at once.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from hmac import compare_digest
from typing import Any, TypeVar, cast

from flask import Blueprint, g, redirect, request, session, url_for
from werkzeug.exceptions import BadRequest

from api.extensions import context
from engine.assignment import Actor, HeldPost, working_as
from engine.errors import Unauthenticated
from engine.storage.people import actor_by_token
from engine.tokens import fingerprint

View = TypeVar("View", bound=Callable[..., Any])


def csrf_token() -> str:
    """The token that every form of this session carries."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(24)
    return cast(str, session["csrf"])


def someone() -> Actor | None:
    """Who is logged in, or None."""
    return cast("Actor | None", g.get("actor"))


def working_post() -> HeldPost | None:
    """The post in which the visitor chose to work, while it is held; None is all posts at once."""
    visitor = someone()
    held = visitor.posts[:1] if visitor else ()
    return held[0] if held and held[0].id == session.get("post") else None


def choose_post(post_id: int | None) -> None:
    """From now on the visitor works in this post, or (None) in all posts at once."""
    if post_id is None:
        session.pop("post", None)
    else:
        session["post"] = post_id


def wants_json() -> bool:
    """Whether a script asks, not a person."""
    return request.accept_mimetypes.best == "application/json" or request.is_json


def signed_in(view: View) -> View:
    """A view for people who are logged in; others are sent to the login and come back."""

    @wraps(view)
    def guarded(*args: Any, **more: Any) -> Any:
        if someone() is not None:
            return view(*args, **more)
        if request.method != "GET" or wants_json():
            raise Unauthenticated("Expected a login, but the session has ended; log in again.")
        return redirect(url_for("pages.login", lanjut=request.full_path.rstrip("?")))

    return cast(View, guarded)


def begin(token: str) -> None:
    """Starts the session of a login; what an earlier visitor left is forgotten, the language stays."""
    language = session.get("lang")
    session.clear()
    session["token"] = token
    if language:
        session["lang"] = language


def _load() -> None:
    token = session.get("token")
    if token is None:
        return
    service = context()
    with service.database.read() as connection:
        found = actor_by_token(connection, fingerprint(token), service.clock.now(), service.wall.now())
    if found is not None:
        g.actor = working_as(found, session.get("post", 0))


def _check_csrf() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    given = request.headers.get("X-CSRF-Token") or request.form.get("_csrf", "")
    if not compare_digest(given.encode(), str(session.get("csrf", "")).encode()) or not given:
        raise BadRequest("csrf")


def register(pages: Blueprint) -> None:
    """Loads the visitor before, and checks the token of, every request to a page."""
    pages.before_request(_load)
    pages.before_request(_check_csrf)
