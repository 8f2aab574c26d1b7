"""People: search, create, change, deactivate, one-time password."""

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
from api.pages.admin.words import ASSIGNMENT_KINDS, KINDS, WHEN
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import list_or_page
from engine.commands.change_person import change_person
from engine.commands.create_person import create_person
from engine.commands.reset_password import reset_password
from engine.errors import AlurError
from engine.queries.directory import STATES, PeopleFilter, person, search_people
from engine.queries.organisation import agency_names


@pages.get("/admin/orang")
@for_administrators
def admin_people() -> Response:
    """People by user name, with search."""
    filters = asked("q", "instansi", "jenis", "keadaan")
    wanted = PeopleFilter(filters.get("q"), filters.get("instansi"), filters.get("jenis"), filters.get("keadaan"))
    found = search_people(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    return admin_page(list_or_page("people"), found=found, filters=filters, agencies=agency_names(context(), actor()),
                      kinds=KINDS, states=STATES)  # fmt: skip


@pages.get("/admin/orang-baru")
@for_administrators
def admin_new_person() -> Response:
    """The form for a new person."""
    return admin_page("person_new.html", values={"kind": "pegawai"}, kinds=KINDS)


@pages.post("/admin/orang-baru")
@for_administrators
def post_new_person() -> Response:
    """Creates a person, who has no password yet."""
    values = typed("username", "name", "kind", "email", "phone")
    try:
        create_person(context(), actor(), **{**values, **filled(typed("email", "phone"))})  # type: ignore[arg-type]
    except CORRECTABLE as error:
        return admin_page("person_new.html", error.status, values=values, kinds=KINDS, refusal=refusal(error))
    flash(text("Orang dibuat. Beri jabatan dan kata sandi sekali pakai agar dapat masuk."))
    return redirect(url_for("pages.admin_person", username=values["username"]), 303)


@pages.get("/admin/orang/<username>")
@for_administrators
def admin_person(username: str) -> Response:
    """One person: account, posts, assignments."""
    return _person(username)


def _person(username: str, error: AlurError | None = None, values: dict[str, Any] | None = None) -> Response:
    found = person(context(), actor(), username)
    return admin_page(
        "person.html", error.status if error else 200, one=found, values=values or found, kinds=KINDS, when=WHEN,
        assignment_kinds=ASSIGNMENT_KINDS, refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/orang/<username>")
@for_administrators
def post_person(username: str) -> Response:
    """Changes name and addresses, with a reason."""
    values, reason = typed("name", "email", "phone"), request.form.get("reason", "")
    try:
        change_person(context(), actor(), username, {**values, **filled(typed("email", "phone"))}, reason)
    except CORRECTABLE as error:
        return _person(username, error, values | {"reason": reason})
    flash(text("Perubahan disimpan dan dicatat."))
    return redirect(url_for("pages.admin_person", username=username), 303)


@pages.post("/admin/orang/<username>/aktif")
@for_administrators
def post_person_active(username: str) -> Response:
    """Deactivates or activates an account, with a reason."""
    active = request.form.get("active") == "ya"
    try:
        change_person(context(), actor(), username, {"active": active}, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _person(username, error)
    flash(text("Akun diaktifkan.") if active else text("Akun dinonaktifkan; semua sesi dan tokennya diakhiri."))
    return redirect(url_for("pages.admin_person", username=username), 303)


@pages.post("/admin/orang/<username>/kata-sandi")
@for_administrators
def post_person_password(username: str) -> Response:
    """Gives a one-time password; this answer is the only place that shows it."""
    try:
        given = reset_password(context(), actor(), username, request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _person(username, error)
    return admin_page("password_once.html", given=given)
