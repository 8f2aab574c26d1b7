"""Roles: what lanes ask for and posts give; the superior role is told when a deadline is missed."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import (
    CORRECTABLE,
    PER_PAGE,
    admin_page,
    asked,
    filled,
    for_administrators,
    refusal,
    typed,
)
from api.pages.admin.posts import CHOICES
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import list_or_page
from engine.commands.change_role import change_role
from engine.commands.create_role import create_role
from engine.errors import AlurError, Conflict, NotFound
from engine.queries.organisation import role, search_roles


@pages.get("/admin/peran")
@for_administrators
def admin_roles() -> Response:
    """Roles by key, with search."""
    filters = asked("q")
    found = search_roles(context(), actor(), q=filters.get("q"), limit=PER_PAGE,
                         cursor=request.args.get("kursor") or None)  # fmt: skip
    return admin_page(list_or_page("roles"), found=found, filters=filters)


@pages.get("/admin/peran-baru")
@for_administrators
def admin_new_role() -> Response:
    """The form for a new role."""
    return _form({}, None)


@pages.get("/admin/peran/<key>")
@for_administrators
def admin_role(key: str) -> Response:
    """One role."""
    return _form(role(context(), actor(), key), key)


def _form(values: dict[str, Any], key: str | None, error: AlurError | None = None) -> Response:
    return admin_page(
        "role.html", error.status if error else 200, values=values, key=key,
        roles=search_roles(context(), actor(), limit=CHOICES)["items"], refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/peran-baru")
@for_administrators
def post_new_role() -> Response:
    """Creates a role; one that exists is changed on its own page only."""
    values = typed("key", "name", "superior_role")
    try:
        _require_new(values["key"])
        create_role(context(), actor(), key=values["key"], name=values["name"],
                    superior_role=values["superior_role"] or None)  # fmt: skip
    except CORRECTABLE as error:
        return _form(values, None, error)
    flash(text("Peran dibuat."))
    return redirect(url_for("pages.admin_role", key=values["key"]), 303)


def _require_new(key: str) -> None:
    try:
        role(context(), actor(), key)
    except NotFound:
        return
    raise Conflict(f"Expected a new role, but '{key}' exists.")


@pages.post("/admin/peran/<key>")
@for_administrators
def post_role(key: str) -> Response:
    """Changes a role, with a reason."""
    values = typed("name", "superior_role")
    changes = values | filled(typed("superior_role"))
    try:
        change_role(context(), actor(), key, changes, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _form({"key": key, **values, **typed("reason")}, key, error)
    flash(text("Perubahan disimpan dan dicatat."))
    return redirect(url_for("pages.admin_role", key=key), 303)
