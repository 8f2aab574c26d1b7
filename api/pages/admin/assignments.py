"""Assignments of posts: for good or lent as Plt./Plh. by a letter for a period; overlaps, ends, ending one."""

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
    day,
    for_administrators,
    refusal,
    typed,
)
from api.pages.admin.words import ASSIGNMENT_KINDS, SHOW, WHEN
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.numbers import whole
from api.pages.rendering import list_or_page
from engine.commands.assign_post import assign_post
from engine.commands.end_assignment import end_assignment
from engine.errors import AlurError, InvalidInput
from engine.queries.acting import AssignmentFilter, assignment, list_assignments
from engine.queries.directory import PeopleFilter, person, search_people
from engine.queries.organisation import post, search_posts

OFFERED = 20  # people or posts to choose from


@pages.get("/admin/penugasan")
@for_administrators
def admin_assignments() -> Response:
    """Acting assignments, overlaps, ends, or all."""
    filters = asked("q", "tampil")
    wanted = AssignmentFilter(filters.get("tampil", "acting"), filters.get("q"))
    found = list_assignments(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    return admin_page(list_or_page("assignments"), found=found, filters=filters, show=SHOW, kinds=ASSIGNMENT_KINDS,
                      when=WHEN)  # fmt: skip


@pages.get("/admin/penugasan-baru")
@for_administrators
def admin_new_assignment() -> Response:
    """Chooses a person, then a post, then the terms; each step is an address of its own."""
    return _new(asked("orang", "jabatan"), {})


def _new(chosen: dict[str, str], values: dict[str, str], error: AlurError | None = None) -> Response:
    q = request.args.get("q", "").strip() or None
    shown: dict[str, Any] = {"chosen": chosen, "q": q or "", "kinds": ASSIGNMENT_KINDS, "people": [], "posts": []}
    number = chosen.get("jabatan", "")
    shown["person"] = person(context(), actor(), chosen["orang"]) if "orang" in chosen else None
    post_id = whole(number)
    shown["post"] = post(context(), actor(), post_id) if post_id is not None else None
    if shown["person"] is None:
        wanted = PeopleFilter(q=q, state="aktif")
        shown["people"] = search_people(context(), actor(), wanted, limit=OFFERED)["items"]
    elif shown["post"] is None:
        shown["posts"] = search_posts(context(), actor(), q=q, limit=OFFERED)["items"]
    return admin_page("assignment_new.html", error.status if error else 200, values=values,
                      refusal=refusal(error) if error else None, **shown)  # fmt: skip


@pages.post("/admin/penugasan-baru")
@for_administrators
def post_new_assignment() -> Response:
    """Gives the post."""
    chosen, values = typed("orang", "jabatan"), typed("kind", "letter_number", "valid_from", "valid_until")
    try:
        assign_post(
            context(), actor(), username=chosen["orang"],
            post_id=whole(chosen["jabatan"]) or 0,
            kind=values["kind"], letter_number=values["letter_number"] or None, valid_from=day("valid_from"),
            valid_until=day("valid_until"),
        )  # fmt: skip
    except CORRECTABLE as error:
        return _new({name: value for name, value in chosen.items() if value}, values, error)
    flash(text("Jabatan diberikan. Perannya berlaku sejak hari pertama."))
    return redirect(url_for("pages.admin_person", username=chosen["orang"]), 303)


@pages.get("/admin/penugasan/<int(max=2147483647):assignment_id>")
@for_administrators
def admin_assignment(assignment_id: int) -> Response:
    """One assignment, with the form that ends it."""
    return _one(assignment_id)


def _one(assignment_id: int, error: AlurError | None = None) -> Response:
    return admin_page(
        "assignment.html", error.status if error else 200, one=assignment(context(), actor(), assignment_id),
        kinds=ASSIGNMENT_KINDS, when=WHEN, values=typed("valid_until", "reason"),
        refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/penugasan/<int(max=2147483647):assignment_id>/akhiri")
@for_administrators
def post_assignment_end(assignment_id: int) -> Response:
    """Sets the last day, with a reason."""
    try:
        last = day("valid_until")
        if last is None:
            raise InvalidInput("Expected a last day, but none came.", [{"field": "valid_until", "message": ""}])
        end_assignment(context(), actor(), assignment_id, valid_until=last, reason=request.form.get("reason", ""))
    except CORRECTABLE as error:
        return _one(assignment_id, error)
    flash(text("Hari terakhir penugasan disimpan."))
    return redirect(url_for("pages.admin_assignment", assignment_id=assignment_id), 303)
