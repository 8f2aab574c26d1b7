"""Interventions in a request: retry, modify, suspend, resume, cancel, migrate. What will change is shown first."""

import json
from typing import Any

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.admin.common import CORRECTABLE, PER_PAGE, admin_page, for_administrators, refusal, typed
from api.pages.admin.words import INTERVENTIONS, PHASES
from api.pages.blueprint import pages
from api.pages.language import text
from api.pages.numbers import whole
from engine.commands.cancel_instance import cancel_instance
from engine.commands.migrate_instance import migrate_instance
from engine.commands.modify_instance import modify_instance
from engine.commands.resume_instance import resume_instance
from engine.commands.retry_instance import retry_instance
from engine.commands.suspend_instance import suspend_instance
from engine.errors import AlurError, InvalidInput, NotFound, PreconditionFailed, WrongState
from engine.queries.instances import InstanceFilter, incidents, list_instances
from engine.queries.intervention import intervention
from engine.queries.migration import migration_places

ROWS = 3  # variables at once
CORRECTABLE_HERE = (*CORRECTABLE, WrongState, PreconditionFailed)


@pages.get("/admin/kendala")
@for_administrators
def operations_page() -> Response:
    """Requests that stand still, and any other by its number."""
    q = request.args.get("q", "").strip()
    wanted = InstanceFilter(status=None if q else "incident", q=q or None)
    found = list_instances(context(), actor(), wanted, limit=PER_PAGE, cursor=request.args.get("kursor") or None)
    items = [one | {"incidents": incidents(context(), actor(), one["id"]) if one["status"] == "incident" else []}
             for one in found["items"]]  # fmt: skip
    return admin_page("incidents.html", found=items, next_cursor=found["next_cursor"], q=q)


@pages.get("/admin/kendala/<instance_id>")
@for_administrators
def admin_intervention(instance_id: str) -> Response:
    """One request with everything that can be changed by hand."""
    return _form(instance_id)


def _form(instance_id: str, error: AlurError | None = None) -> Response:
    return admin_page(
        "intervention.html", error.status if error else 200, one=intervention(context(), actor(), instance_id),
        phases=PHASES, rows=ROWS, typed_form=request.form, refusal=refusal(error) if error else None,
    )  # fmt: skip


@pages.post("/admin/kendala/<instance_id>/tinjau")
@for_administrators
def post_intervention_preview(instance_id: str) -> Response:
    """What the act would change: old and new values, tokens, elements. Nothing is changed yet."""
    act = request.form.get("tindakan", "")
    try:
        one, wanted = intervention(context(), actor(), instance_id), _wanted(act)
    except CORRECTABLE_HERE as error:
        return _form(instance_id, error)
    places = migration_places(context(), actor(), instance_id, wanted["version"]) if act == "migrate" else []
    hidden = [(name, value) for name in request.form if name != "_csrf" for value in request.form.getlist(name)]
    return admin_page("intervention_preview.html", one=one, act=act, words=INTERVENTIONS[act], wanted=wanted,
                      hidden=hidden, phases=PHASES, places=places)  # fmt: skip


@pages.post("/admin/kendala/<instance_id>/terapkan")
@for_administrators
def post_intervention(instance_id: str) -> Response:
    """Does it, with the reason, if the request still is as it was shown."""
    act, reason, seen = request.form.get("tindakan", ""), request.form.get("reason", ""), request.form.get("seq", "")
    try:
        _apply(instance_id, act, reason, _wanted(act), whole(seen) or 0)
    except CORRECTABLE_HERE as error:
        return _form(instance_id, error)
    flash(text("Intervensi dilakukan dan dicatat dalam riwayat permohonan."))
    return redirect(url_for("pages.admin_intervention", instance_id=instance_id), 303)


def _apply(instance_id: str, act: str, reason: str, wanted: dict[str, Any], seen: int) -> None:
    change = (context(), actor(), instance_id)
    if act == "retry":
        retry_instance(*change, reason, token=wanted["token"], variables=wanted["variables"], seen=seen)
    elif act == "modify":
        modify_instance(*change, reason, activate=wanted["activate"], cancel=wanted["cancel"],
                        variables=wanted["variables"], seen=seen)  # fmt: skip
    elif act == "migrate":
        migrate_instance(*change, wanted["version"], reason, mapping=wanted["mapping"], seen=seen)
    elif act == "suspend":
        suspend_instance(*change, reason)
    elif act == "resume":
        resume_instance(*change, reason)
    else:
        cancel_instance(*change, reason)


def _wanted(act: str) -> dict[str, Any]:
    """What this request's form asks for."""
    if act not in INTERVENTIONS:
        raise NotFound(f"Expected one of {', '.join(INTERVENTIONS)}, but got {act!r:.40}.")
    form = request.form
    version = form.get("version", "")
    pairs = zip(form.getlist("variable"), form.getlist("value"), strict=False)
    ways = zip(form.getlist("from"), form.getlist("to"), strict=False)
    wanted = {
        "mapping": {old: new for old, new in ways if new and new != old},
        "variables": {name.strip(): _value(value) for name, value in pairs if name.strip()},
        "cancel": form.getlist("cancel"), "activate": [one for one in form.getlist("activate") if one],
        "token": form.get("token") or None, "version": whole(version) or 0,
        "reason": typed("reason")["reason"],
    }  # fmt: skip
    if not wanted["reason"]:
        raise InvalidInput("Expected a reason, but none came.", [{"field": "reason", "message": ""}])
    if act == "modify" and not (wanted["variables"] or wanted["cancel"] or wanted["activate"]):
        raise InvalidInput("Expected something to change, but nothing was chosen.",
                           [{"field": "changes", "message": ""}])  # fmt: skip
    return wanted


def _value(written: str) -> Any:
    """A variable's value: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(written, parse_constant=lambda name: name)
    except (ValueError, RecursionError):
        return written.strip()
