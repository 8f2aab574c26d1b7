"""What administration's pages share: the guard, the menu of their own, and refusals said beside what was typed."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.pages.admin.words import FIELD_WORDS
from api.pages.errors import explain
from api.pages.language import language, text
from api.pages.moments import DAYS, day_text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.assignment import may_administer
from engine.days import read_day
from engine.errors import AlurError, Conflict, InvalidInput, NotFound
from engine.office_hours import OfficeHoursRefused
from engine.people import require_administrator

View = TypeVar("View", bound=Callable[..., Any])
CORRECTABLE = (InvalidInput, OfficeHoursRefused, Conflict, NotFound)  # said on the form, with what was typed
PER_PAGE = 25
SECTIONS = (
    ("pages.admin_home", "Ringkasan", "/admin"), ("pages.admin_people", "Orang", "/admin/orang"),
    ("pages.admin_posts", "Jabatan", "/admin/jabatan"), ("pages.admin_assignments", "Penugasan", "/admin/penugasan"),
    ("pages.admin_agencies", "Instansi", "/admin/instansi"), ("pages.admin_roles", "Peran", "/admin/peran"),
    ("pages.admin_calendar", "Kalender", "/admin/kalender"), ("pages.operations_page", "Kendala", "/admin/kendala"),
    ("pages.admin_queues", "Antrean", "/admin/antrean"), ("pages.admin_tokens", "Token", "/admin/token"),
    ("pages.admin_settings", "Pengaturan", "/admin/pengaturan"), ("pages.admin_record", "Riwayat", "/admin/riwayat"),
)  # fmt: skip


def for_administrators(view: View) -> View:
    """A view for administrators who are logged in; others are refused or sent to the login."""

    @signed_in
    @wraps(view)
    def guarded(*args: Any, **more: Any) -> Any:
        require_administrator(actor())
        return view(*args, **more)

    return cast(View, guarded)


def admin_page(template: str, status: int = 200, **values: Any) -> Response:
    """A rendered page of administration, with its menu."""
    here = request.path
    current = max((one[2] for one in SECTIONS if here.startswith(one[2])), key=len, default="")
    return page(
        f"admin/{template}", status, sections=SECTIONS if may_administer(actor()) else (), current=current,
        weekday_names=lambda: DAYS[language()],
        short_day=lambda iso: day_text(date.fromisoformat(iso), language()), **values,
    )  # fmt: skip


def refusal(error: AlurError) -> dict[str, Any]:
    """What a form says about a refusal: a sentence, one for each field, and the technical words."""
    fields = {one.get("field", ""): one.get("message", "") for one in error.errors}
    return {
        "title": text("Orang, jabatan, peran atau kunci itu tidak ada atau sudah ada.")
        if isinstance(error, Conflict | NotFound) else explain(error),
        "fields": {name: _sentence(name, words) for name, words in fields.items()}, "detail": error.detail,
    }  # fmt: skip


def _sentence(field: str, words: str) -> str:
    """The pages' own words for a field; what has none (days of a decree) speaks Indonesian already."""
    known = FIELD_WORDS.get(field)
    return text(known) if known else words


def asked(*names: str) -> dict[str, str]:
    """Those of the filters that this request's address carries."""
    return {name: request.args[name].strip() for name in names if request.args.get(name, "").strip()}


def typed(*names: str) -> dict[str, str]:
    """Fields of this request's form, trimmed; those that did not come are empty."""
    return {name: request.form.get(name, "").strip() for name in names}


def day(name: str) -> date | None:
    """A day of this request's form; None when it did not come.

    Raises:
        InvalidInput: it is no day.
    """
    value = request.form.get(name, "").strip()
    return read_day(value, name) if value else None


def filled(values: Mapping[str, str]) -> dict[str, str | None]:
    """Empty fields as None."""
    return {name: value or None for name, value in values.items()}
