"""Pages for people: rendered on the server, the same commands and queries as the API, no logic of their own."""

from importlib import import_module

from flask import Flask

from api.auth import public
from api.config import Config
from api.pages import assets, rendering, visitor
from api.pages import errors as page_errors
from api.pages.admin import MODULES
from api.pages.blueprint import pages
from api.sessions import Sessions

SOP_GROUPS = (  # what analysts work with
    "sops", "sop_differences", "sop_review", "drafts", "table_import", "document", "form_editor", "decision_editor",
)  # fmt: skip
GROUPS = (
    "leader", "reports",
    "login", "portal", "request_form", "requests", "survey", "inbox", "task", "task_acts", "audit", "operations",
    "modeler", "registration",
)  # fmt: skip
STAFF_GROUPS = ("inbox_views", "inbox_bulk", "files", "posts", "notifications")  # what stands beside the inbox


def register(app: Flask) -> None:
    """Mounts every page, its static files, and the session cookie they need."""
    config: Config = app.config["ALUR"]
    app.config.update(
        SESSION_COOKIE_NAME="alur",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.public_url.startswith("https:"),
    )
    app.session_interface = Sessions()
    for name in (*GROUPS, *SOP_GROUPS, *STAFF_GROUPS):
        import_module(f"api.pages.{name}")
    for name in MODULES:
        import_module(f"api.pages.admin.{name}")
    app.register_blueprint(pages)
    app.register_blueprint(assets.assets)
    for endpoint, view in app.view_functions.items():
        if endpoint.partition(".")[0] in (pages.name, assets.assets.name):
            public(view)  # bearer tokens are the API's; pages have sessions
    page_errors.register(app)


visitor.register(pages)
rendering.register(pages)
