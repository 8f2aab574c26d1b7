"""Who is asking: the bearer token of a request becomes an `Actor`. Closed by default: only `public` views are open."""

from collections.abc import Callable
from typing import TypeVar, cast

from flask import Flask, g, request

from api.extensions import context
from engine.assignment import Actor
from engine.errors import Unauthenticated
from engine.storage.people import actor_by_token
from engine.tokens import fingerprint

View = TypeVar("View", bound=Callable[..., object])
LONGEST_TOKEN = 200


def public(view: View) -> View:
    """Marks a view that needs no token."""
    view.alur_public = True  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """The person who asks. Only in views that are not public."""
    return cast(Actor, g.actor)


def authenticate() -> None:
    """Resolves the token before any view that is not public.

    Raises:
        Unauthenticated: no token, or one that is unknown, expired or revoked.
    """
    view = g.get("view")
    if view is None or getattr(view, "alur_public", False):
        return
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        raise Unauthenticated("Expected an API token in the header 'Authorization: Bearer …'; see POST /auth/token.")
    service = context()
    with service.database.glance() as connection:
        found = actor_by_token(connection, fingerprint(token), service.clock.now(), service.wall.now())
    if found is None:
        raise Unauthenticated("Expected a valid API token, but this one is unknown, expired or revoked.")
    g.actor = found


def register(app: Flask) -> None:
    """Authenticates every request of `app` to a known address."""

    @app.before_request
    def _authenticate() -> None:
        g.view = app.view_functions.get(request.endpoint) if request.endpoint else None
        authenticate()
