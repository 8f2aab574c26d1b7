"""Many tasks at once: claimed from the list, or handed over on a page that asks to whom and with which instruction."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from api.auth import actor
from api.bulk import bulk
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.errors import explain_code
from api.pages.rendering import page
from api.pages.visitor import signed_in
from engine.errors import InvalidInput, NotFound
from engine.queries.colleagues import colleagues
from engine.queries.tasks import task

MOST = 100
_ACTIONS = {"ambil": "claim", "tugaskan": "assign", "disposisi": "delegate"}


def _chosen(ids: list[str]) -> list[dict[str, Any]]:
    """The tasks behind ids, those that the visitor may see; a task without a sight is left for the act to refuse."""
    if not ids:
        raise InvalidInput("Expected at least one task, but none was chosen.",
                           [{"field": "tugas", "message": "Pilih paling sedikit satu tugas."}])
    if len(ids) > MOST:
        raise InvalidInput(f"Expected at most {MOST} tasks at once, but {len(ids)} were chosen.",
                           [{"field": "tugas", "message": f"Paling banyak {MOST} tugas."}])
    return [_known(task_id) for task_id in dict.fromkeys(ids)]


def _known(task_id: str) -> dict[str, Any]:
    try:
        found = task(context(), actor(), task_id)
    except NotFound:
        return {"id": task_id, "name": "", "registration_number": "", "etag": None}
    return {name: found[name] for name in ("id", "name", "registration_number", "etag")}


@pages.get("/tugas/serahkan")
@signed_in
def bulk_page() -> Response:
    """Asks to whom the chosen tasks go."""
    chosen = [one for one in _chosen(request.args.getlist("tugas")) if one["name"]]
    return page("bulk.html", chosen=chosen, colleagues=colleagues(context(), actor()))


@pages.post("/tugas/massal")
@signed_in
def post_bulk() -> Response:
    """Does one act to each of the chosen tasks and says what became of each."""
    action = _ACTIONS.get(request.form.get("aksi", ""))
    if action is None:
        raise InvalidInput("Expected one of the acts on many tasks.",
                           [{"field": "aksi", "message": "Tindakan tidak dikenal."}])
    chosen = _chosen(request.form.getlist("tugas"))
    seen = [one | {"etag": request.form.get(f"etag.{one['id']}")} for one in chosen]
    username, words = request.form.get("username", "").strip(), request.form.get("text", "").strip()
    outcomes = {one["id"]: one for one in bulk(actor(), action, seen, username, words)}
    report = [one | outcomes[one["id"]] | {"words": explain_code(outcomes[one["id"]]["code"])} for one in chosen]
    return page("bulk_report.html", action=action, report=report, done=sum(one["done"] for one in report))
