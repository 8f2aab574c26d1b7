"""What every template knows: texts, moments, assets, the visitor; and the headers of every page."""

import json
import secrets
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from api.extensions import context
from api.pages.assets import asset
from api.pages.forms_plain import kept_files, named_uploads, shown_value
from api.pages.language import LANGUAGES, language, text
from api.pages.menu import menu
from api.pages.moments import full_moment, relative
from api.pages.visitor import csrf_token, someone, working_post
from api.pages.words import EVENT_WORDS, STATUS_WORDS
from engine.assignment import ADMIN, APPLICANT, AUDITOR, CONFIDENTIAL_AUDITOR, STAFF
from engine.errors import StorageUnavailable
from engine.queries.draft_review import reviews_waiting
from engine.queries.remaining import DEFAULT_ZONE

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)  # style attributes are what bpmn-js and form-js draw with


def page(template: str, status: int = 200, **values: Any) -> Response:
    """A rendered page."""
    response = make_response(render_template(template, **values), status)
    response.headers["Content-Security-Policy"] = CSP
    return response


def list_or_page(name: str) -> str:
    """The template of a page with a list: the list alone when htmx asks for it."""
    return f"{name}_list.html" if request.headers.get("HX-Request") else f"{name}.html"


def moment(at: str | None, zone: str = DEFAULT_ZONE, *, beside: bool = True) -> Markup:
    """A `<time>` with the full moment, and how far it is from now beside it."""
    if at is None:
        return Markup("–")
    then = datetime.fromisoformat(at)
    tongue = language()
    if not beside:
        return Markup('<time datetime="{}">{}</time>').format(at, full_moment(then, zone, tongue))
    return Markup('<time datetime="{}">{} <span class="text-secondary">({})</span></time>').format(
        at, full_moment(then, zone, tongue), relative(then, context().clock.now(), tongue)
    )


def data_block(value: Any) -> Markup:
    """JSON for a `<script type="application/json">`, which no text can end early."""
    body = json.dumps(value, ensure_ascii=False)
    return Markup(body.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704


def _new_key() -> str:
    """An idempotency key for the form that is shown: sending it twice does its work once."""
    return f"form-{secrets.token_urlsafe(16)}"


def _reviews_waiting() -> list[dict[str, Any]]:
    """The drafts that wait for the visitor's review; none while the database is away: error pages ask, too."""
    visitor = someone()
    try:
        return reviews_waiting(context(), visitor) if visitor else []
    except StorageUnavailable:
        return []


def _known_to_templates() -> dict[str, Any]:
    visitor = someone()
    roles = visitor.roles if visitor else frozenset()
    return {
        "t": text, "lang": language(), "languages": LANGUAGES, "moment": moment, "asset": asset,
        "csrf_token": csrf_token, "new_key": _new_key, "menu": menu, "visitor": visitor, "data_block": data_block,
        "working_post": working_post(), "reviews_waiting": _reviews_waiting,
        "kept_files": kept_files, "named_uploads": named_uploads, "shown_value": shown_value,
        "status_words": STATUS_WORDS, "event_words": EVENT_WORDS, "demo": context().settings.demo,
        "is_auditor": not roles.isdisjoint({AUDITOR, CONFIDENTIAL_AUDITOR}),
        "is_staff": STAFF in roles, "is_citizen": APPLICANT in roles, "is_admin": ADMIN in roles,
    }  # fmt: skip


def register(pages: Blueprint) -> None:
    """Gives templates their vocabulary; error pages outside the blueprint need it, too."""
    pages.app_context_processor(_known_to_templates)
