"""Posts with the roles they give and the post above; roles with the role that is told of missed deadlines."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, PER_PAGE, admin_page, asked, for_administrators, refusal, typed
from api.pages.admin.words import ASSIGNMENT_KINDS
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.numbers import whole
from api.pages.rendering import list_or_page
from engine.commands.change_post import change_post
from engine.commands.create_post import create_post
from engine.errors import AlurError
from engine.queries.organisation import agency_names, post, search_posts, search_roles

CHOICES = 500  # of roles and posts offered in a form


@pages.get("/admin/jabatan")
@for_administrators
def admin_posts() -> Response:
    """Posts by title, with search."""
    filters = asked("q", "instansi", "peran")
    found = search_posts(
        context(), actor(), q=filters.get("q"), agency_code=filters.get("instansi"), role=filters.get("peran"),
        limit=PER_PAGE, cursor=request.args.get("kursor") or None,
    )  # fmt: skip
    return admin_page(list_or_page("posts"), found=found, filters=filters, agencies=agency_names(context(), actor()),
                      assignment_kinds=ASSIGNMENT_KINDS)  # fmt: skip


@pages.get("/admin/jabatan-baru")
@for_administrators
def admin_new_post() -> Response:
    """The form for a new post."""
    return _new_post({"agency_code": request.args.get("instansi", ""), "roles": []})


def _new_post(values: dict[str, Any], error: AlurError | None = None) -> Response:
    return admin_page(
        "post_new.html", error.status if error else 200, values=values, agencies=agency_names(context(), actor()),
        roles=_roles(), refusal=refusal(error) if error else None,
    )  # fmt: skip


def _roles() -> list[dict[str, Any]]:
    roles: list[dict[str, Any]] = search_roles(context(), actor(), limit=CHOICES)["items"]
    return roles


def _given_roles() -> list[str]:
    """The roles ticked and the roles written."""
    written = [one.strip() for one in request.form.getlist("role") if one.strip()]
    return [*request.form.getlist("roles"), *written]


@pages.post("/admin/jabatan-baru")
@for_administrators
def post_new_post() -> Response:
    """Creates a post."""
    values: dict[str, Any] = {**typed("agency_code", "title", "unit"), "roles": _given_roles()}
    try:
        made = create_post(context(), actor(), **values)
    except CORRECTABLE as error:
        return _new_post(values, error)
    flash(text("Jabatan dibuat."))
    return redirect(url_for("pages.admin_post", post_id=made["id"]), 303)


@pages.get("/admin/jabatan/<int(max=2147483647):post_id>")
@for_administrators
def admin_post(post_id: int) -> Response:
    """One post."""
    return _post(post_id)


def _post(post_id: int, error: AlurError | None = None, values: dict[str, Any] | None = None) -> Response:
    one = post(context(), actor(), post_id)
    near = search_posts(context(), actor(), agency_code=one["agency_code"], limit=CHOICES)["items"]
    above = [{"id": other["id"], "title": other["title"]} for other in near if other["id"] != post_id]
    above += [other for other in one["superiors"][:1] if other not in above]
    return admin_page(
        "post.html", error.status if error else 200, one=one, values=values or one, roles=_roles(), above=above,
        assignment_kinds=ASSIGNMENT_KINDS, refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/jabatan/<int(max=2147483647):post_id>")
@for_administrators
def post_post_changes(post_id: int) -> Response:
    """Changes a post, with a reason."""
    superior = request.form.get("superior_id", "")
    values: dict[str, Any] = {
        **typed("title", "unit"), "roles": _given_roles(), "superior_id": (whole(superior) or 0) if superior else None,
    }  # fmt: skip
    try:
        change_post(context(), actor(), post_id, values, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _post(post_id, error, values | typed("reason"))
    flash(text("Perubahan disimpan dan dicatat."))
    return redirect(url_for("pages.admin_post", post_id=post_id), 303)
