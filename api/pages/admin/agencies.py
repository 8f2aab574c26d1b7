"""Agencies: name, zone, office hours. Other hours move deadlines, so what they move is shown before it is saved."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, PER_PAGE, admin_page, asked, for_administrators, refusal, typed
from api.pages.admin.words import ZONES
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.rendering import list_or_page
from engine.commands.change_agency import change_agency
from engine.commands.create_agency import create_agency
from engine.errors import AlurError
from engine.office_hours import WEEKDAYS
from engine.queries.calendar_preview import preview_office
from engine.queries.organisation import agency, list_agencies

PARTS = ("week", "ramadan")
HOURS = tuple(f"{part}.{weekday}" for part in PARTS for weekday in WEEKDAYS)


@pages.get("/admin/instansi")
@for_administrators
def admin_agencies() -> Response:
    """Agencies by name."""
    filters = asked("q")
    found = list_agencies(context(), actor(), q=filters.get("q"), limit=PER_PAGE,
                          cursor=request.args.get("kursor") or None)  # fmt: skip
    return admin_page(list_or_page("agencies"), found=found, filters=filters, zones=ZONES)


@pages.get("/admin/instansi-baru")
@for_administrators
def admin_new_agency() -> Response:
    """The form for a new agency."""
    return admin_page("agency_new.html", values={"zone": "Asia/Jakarta"}, zones=ZONES)


@pages.post("/admin/instansi-baru")
@for_administrators
def post_new_agency() -> Response:
    """Creates an agency with the hours of Perpres 21/2023."""
    values = typed("code", "name", "zone")
    try:
        create_agency(context(), actor(), **values)
    except CORRECTABLE as error:
        return admin_page("agency_new.html", error.status, values=values, zones=ZONES, refusal=refusal(error))
    flash(text("Instansi dibuat."))
    return redirect(url_for("pages.admin_agency", code=values["code"]), 303)


@pages.get("/admin/instansi/<code>")
@for_administrators
def admin_agency(code: str) -> Response:
    """One agency with its hours."""
    found = agency(context(), actor(), code)
    values = {"name": found["name"], "zone": found["zone"], "count_first_day": found["hours"]["count_first_day"]}
    hours = {f"{part}.{day}": ", ".join(found["hours"][part].get(day, [])) for part in PARTS for day in WEEKDAYS}
    return _form(code, values | hours)


def _form(code: str, values: dict[str, Any], error: AlurError | None = None) -> Response:
    return admin_page("agency.html", error.status if error else 200, code=code, values=values, zones=ZONES, parts=PARTS,
                      weekdays=WEEKDAYS, refusal=refusal(error) if error else None)  # fmt: skip


@pages.post("/admin/instansi/<code>")
@for_administrators
def post_agency(code: str) -> Response:
    """Shows which deadlines would move; saves when that has been seen, or when none can."""
    values: dict[str, Any] = typed("name", "zone", "reason", *HOURS)
    values["count_first_day"] = "count_first_day" in request.form
    changes = {"name": values["name"], "zone": values["zone"], "office": _office(values)}
    step = request.form.get("langkah")
    if step == "ubah":
        return _form(code, values)
    try:
        if step != "simpan":
            found = preview_office(context(), actor(), code, changes, cursor=request.form.get("kursor") or None)
            if found["examined"] or request.form.get("kursor"):
                return admin_page("agency_preview.html", code=code, values=values, found=found, hidden=_hidden(values))
        changed = change_agency(context(), actor(), code, changes, values["reason"])
    except CORRECTABLE as error:
        return _form(code, values, error)
    flash(text("Perubahan disimpan dan dicatat. Tenggat {n} permohonan terbuka sedang dihitung ulang.",
               n=changed["recomputing"]))
    return redirect(url_for("pages.admin_agency", code=code), 303)


def _office(values: dict[str, Any]) -> dict[str, Any]:
    """The hours as the engine reads them, from one text field for each day."""
    weeks = {
        part: {
            weekday: [span.strip() for span in values[f"{part}.{weekday}"].split(",")]
            for weekday in WEEKDAYS if values[f"{part}.{weekday}"]
        }
        for part in PARTS
    }  # fmt: skip
    return {**weeks, "count_first_day": values["count_first_day"]}


def _hidden(values: dict[str, Any]) -> list[tuple[str, str]]:
    fields = [(name, str(value)) for name, value in values.items() if name != "count_first_day"]
    return [*fields, ("count_first_day", "ya")] if values["count_first_day"] else fields
