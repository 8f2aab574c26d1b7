"""Importing an SOP from a sheet or document: upload, review of every guess, then a draft. Nothing is kept before that.

The table under review travels in the page's form: no script is needed, and nothing half-done stays on the server.
"""

from pathlib import Path
from typing import Any

from flask import Response as FlaskResponse
from flask import flash, redirect, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.language import language, text
from api.pages.rendering import page
from api.pages.visitor import signed_in
from api.routes.documents import TYPES
from engine.commands.import_draft import import_draft
from engine.documents.sheet import CONFIDENTIALITIES, KINDS, SheetRefused
from engine.documents.sheet_review import CELLS
from engine.errors import Conflict, TooLarge
from engine.queries.table_import import known_roles, recognised, require_analyst, table_file, table_to_diagram

TEMPLATES = Path(__file__).resolve().parents[2] / "docs" / "templates"
FORMATS = ("xlsx", "csv")
LONG = frozenset({"requirements", "outputs"})  # one item per line
_ROW = ("no", "activity", *CELLS)


@pages.get("/sop/impor")
@signed_in
def import_page() -> Response:
    """Where a file is chosen."""
    require_analyst(actor())
    return page("editors/import.html", errors=[], formats=FORMATS)


@pages.get("/sop/impor/templat.<format_>")
@signed_in
def import_template(format_: str) -> Response:
    """The empty form of a sheet, with an example."""
    path = TEMPLATES / f"lembar-sop.{format_}"
    if format_ not in FORMATS or not path.is_file():
        raise NotFound
    return _download(path.read_bytes(), "lembar-sop", format_)


@pages.post("/sop/impor")
@signed_in
def post_import() -> Response:
    """What of the chosen file was recognised, for review."""
    require_analyst(actor())
    file = request.files.get("file")
    data = file.read() if file else b""
    if not data:
        return _refuse([{"row": 0, "column": text("Berkas"), "message_id": text("Pilih berkas yang ada isinya.")}])
    try:
        found = recognised(actor(), data)
    except SheetRefused as refused:
        return _refuse(refused.errors)
    except TooLarge as refused:
        words = text("Berkas ini terlalu besar untuk sebuah SOP.")
        return _refuse([{"row": 0, "column": text("Berkas"), "message": refused.detail, "message_id": words}], 413)
    return _review(found["table"], found["guesses"])


@pages.post("/sop/impor/periksa")
@signed_in
def post_import_check() -> Response:
    """Judges the table as it was changed."""
    return _review(_table(), _guesses())


@pages.post("/sop/impor/baris")
@signed_in
def post_import_row() -> Response:
    """The table with one activity more (behind the line in `add`) or less (the line in `drop`), not judged yet.

    `add_performer` brings one more performer, `drop_performer` takes out the one at that place, counted from 1.
    """
    require_analyst(actor())
    table, behind = _table(), _number(request.form.get("add", ""))
    if "add_performer" in request.form:
        table["performers"].append({"name": "", "role": "", "kind": KINDS[1]})
    _without_performer(table, _number(request.form.get("drop_performer", "")))
    place = next((place for place, row in enumerate(table["rows"]) if row["line"] == behind), None)
    if place is not None:
        table["rows"].insert(place + 1, _empty_row(table["rows"], place))
    lines = {0, *(row["line"] for row in table["rows"])}
    return _review(table, [one for one in _guesses() if one["row"] in lines], [])


@pages.post("/sop/impor/lembar.<format_>")
@signed_in
def post_import_sheet(format_: str) -> Response:
    """The table as a sheet, to be corrected elsewhere and imported again."""
    if format_ not in FORMATS:
        raise NotFound
    table = _table()
    try:
        return _download(table_file(actor(), table, format_), table["key"], format_)
    except SheetRefused as refused:
        return _review(table, _guesses(), refused.errors, 422)


@pages.post("/sop/impor/terima")
@signed_in
def post_import_accept() -> Response:
    """Makes a draft of the table, and leads to it."""
    table = _table()
    try:
        made = import_draft(context(), actor(), table)
    except SheetRefused as refused:
        return _review(table, _guesses(), refused.errors, 422)
    except Conflict as refused:
        words = text("Sudah ada rancangan dengan kunci ini; ganti kuncinya, atau buka rancangan itu di daftar SOP.")
        taken = {"row": 0, "column": "Kunci", "message": refused.detail, "message_id": words}
        return _review(table, _guesses(), [taken], 409)
    flash(text("Rancangan dibuat dari tabel. Periksa diagramnya."))
    return redirect(url_for("pages.sop_page", key=made["key"]) + "/rancang", 303)


def _refuse(errors: list[dict[str, Any]], status: int = 422) -> Response:
    return page("editors/import.html", status, errors=_worded(errors), formats=FORMATS)


def _review(
    table: dict[str, Any], guesses: list[dict[str, Any]], errors: list[dict[str, Any]] | None = None, status: int = 200
) -> Response:
    """The table with its guesses; judged here, unless the errors are known."""
    verdict = None
    if errors is None:
        try:
            verdict, errors = table_to_diagram(actor(), table), []
        except SheetRefused as refused:
            errors, status = refused.errors, 422
    return page(
        "editors/import_review.html", status, table=table, guesses=_worded(guesses), errors=_worded(errors),
        verdict=verdict, cells=CELLS, long=LONG, kinds=KINDS, secrecies=CONFIDENTIALITIES,
        roles=known_roles(context(), actor()), formats=FORMATS,
    )  # fmt: skip


def _worded(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Guesses or errors with the `words` of the visitor's language."""
    key = "message" if language() == "en" else "message_id"
    return [one | {"words": one.get(key) or one["message_id"]} for one in found]


def _table() -> dict[str, Any]:
    """The posted table. Every field of a row or performer is posted once for each, so the lists are equally long."""
    form = request.form
    labels, values = form.getlist("identity_label"), form.getlist("identity")
    people = zip(*(form.getlist(f"performer_{name}") for name in ("name", "role", "kind")), strict=False)
    columns = [form.getlist("line"), form.getlist("performer"), *(form.getlist(name) for name in _ROW)]
    dropped = set(form.getlist("drop"))
    return {
        "title": form.get("title", ""),
        "key": form.get("key", "").strip(),
        "identity": {label: _lines(value) for label, value in zip(labels, values, strict=False)},
        "performers": [{"name": name, "role": role.strip(), "kind": kind} for name, role, kind in people],
        "rows": [
            {"line": _number(line), "performer": _number(performer)}
            | {name: _lines(cell) for name, cell in zip(_ROW, cells, strict=True)}
            for line, performer, *cells in zip(*columns, strict=False)
            if line not in dropped
        ],
    }


def _without_performer(table: dict[str, Any], gone: int) -> None:
    """Takes a performer out; its activities wait for another one."""
    if not 1 <= gone <= len(table["performers"]):
        return
    del table["performers"][gone - 1]
    for row in table["rows"]:
        if row["performer"] >= gone:
            row["performer"] = 0 if row["performer"] == gone else row["performer"] - 1


def _empty_row(rows: list[dict[str, Any]], place: int) -> dict[str, Any]:
    """A row to be filled in, of the performer before it; its line is a new one."""
    line = max(row["line"] for row in rows) + 1
    return {"line": line, "performer": rows[place]["performer"]} | dict.fromkeys(_ROW, "")


def _guesses() -> list[dict[str, Any]]:
    form = request.form
    names = ("row", "column", "message", "message_id")
    found = zip(*(form.getlist(f"guess_{name}") for name in names), strict=False)
    return [dict(zip(names, one, strict=True)) | {"row": _number(one[0])} for one in found]


def _lines(value: str) -> str:
    return value.replace("\r\n", "\n")


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def _download(data: bytes, name: str, format_: str) -> Response:
    response = FlaskResponse(data, content_type=TYPES[format_])
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{format_}")
    return response
