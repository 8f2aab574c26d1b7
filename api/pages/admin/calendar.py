"""The working calendar: a year as a grid, the decrees that made it, and a new one with what it moves."""

from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, admin_page, for_administrators, refusal, typed
from api.pages.admin.words import CATEGORIES, DAY_KINDS
from api.pages.blueprint import pages
from api.pages.language import language, text
from api.pages.numbers import whole
from engine.commands.change_calendar import change_calendar
from engine.errors import AlurError
from engine.queries.calendar_preview import preview_decree
from engine.queries.calendar_year import calendar_year, list_decrees
from engine.queries.organisation import agency_names
from engine.report_words import MONTHS

ROWS = 6  # lines of a decree on the form; a line may span many days
FIELDS = ("date", "until", "name", "category", "agency_id")


@pages.get("/admin/kalender")
@for_administrators
def admin_calendar() -> Response:
    """A year, nationally or of one agency, and the decrees."""
    asked = request.args.get("tahun", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else context().clock.now().year
    code = request.args.get("instansi") or None
    return admin_page(
        "calendar.html", found=calendar_year(context(), year, code), code=code or "", kinds=DAY_KINDS,
        agencies=agency_names(context(), actor()), month_names=MONTHS[language()], categories=CATEGORIES,
        decrees=list_decrees(context(), actor(), limit=10, cursor=request.args.get("kursor") or None),
    )  # fmt: skip


@pages.get("/admin/kalender/keputusan")
@for_administrators
def admin_decree() -> Response:
    """The form for a decree."""
    return _form("", [{}] * ROWS)


def _form(decree: str, lines: list[dict[str, Any]], error: AlurError | None = None) -> Response:
    lines = lines + [{}] * (ROWS - len(lines))
    return admin_page(
        "decree.html", error.status if error else 200, decree=decree, lines=lines, categories=CATEGORIES,
        agencies=agency_names(context(), actor()), refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/kalender/keputusan")
@for_administrators
def post_decree() -> Response:
    """Shows which deadlines would move; saves when that has been seen."""
    decree, lines, step = typed("decree")["decree"], _lines(), request.form.get("langkah")
    if step == "ubah":
        return _form(decree, lines)
    changes = [{**line, "agency_id": (whole(line["agency_id"]) or 0) if line["agency_id"] else None} for line in lines]
    try:
        if step != "simpan":
            cursor = request.form.get("kursor") or None
            found = preview_decree(context(), actor(), changes, decree=decree, cursor=cursor)
            hidden = [(name, line[name]) for line in lines for name in FIELDS]
            return admin_page("decree_preview.html", decree=decree, lines=lines, found=found, hidden=hidden,
                              categories=CATEGORIES, agencies=agency_names(context(), actor()))  # fmt: skip
        changed = change_calendar(context(), actor(), changes, decree=decree)
    except CORRECTABLE as error:
        return _form(decree, lines, error)
    flash(text("Keputusan disimpan. Tenggat {n} permohonan terbuka sedang dihitung ulang.", n=changed["recomputing"]))
    return redirect(url_for("pages.admin_calendar", tahun=lines[0]["date"][:4], _anchor="keputusan"), 303)


def _lines() -> list[dict[str, str]]:
    """The lines of the form that say anything."""
    columns = [[value.strip() for value in request.form.getlist(name)] for name in FIELDS]
    every = [dict(zip(FIELDS, values, strict=True)) for values in zip(*columns, strict=False)]
    return [line for line in every if line["date"] or line["until"] or line["name"]]
