"""The page of one task: form, files, what happened so far, the diagram with "you are here"."""

from typing import Any

from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from api.auth import actor
from api.extensions import context
from api.pages.blueprint import pages
from api.pages.files import PREVIEWABLE
from api.pages.forms_plain import decision_of, without
from api.pages.rendering import page
from api.pages.visitor import signed_in, someone
from api.pages.words import STORY
from engine.assignment import may_complete
from engine.errors import NotFound, Unauthenticated
from engine.queries.attachments import attachment
from engine.queries.colleagues import colleagues
from engine.queries.definitions import definition_xml
from engine.queries.instances import instance_history, instance_tasks
from engine.queries.plain_forms import plain_task_form
from engine.queries.remaining import remaining
from engine.queries.request_data import request_data
from engine.queries.returns import task_returns
from engine.queries.sop import Sop, Step, sop
from engine.queries.tasks import task

HISTORY = 1000


@pages.get("/tugas/<task_id>")
@signed_in
def task_page(task_id: str) -> Response:
    """One task, to read and to work on."""
    return render_task(task_id)


@pages.get("/sop/<key>/<int(max=2147483647):version>/diagram.bpmn")
def diagram(key: str, version: int) -> Response:
    """The diagram of a version, for the canvas; that of a public service for everybody."""
    if someone() is None and not sop(context(), key, version).public:
        raise Unauthenticated("Expected a login to see the diagram of an SOP that only staff start.")
    return FlaskResponse(definition_xml(context(), key, version), content_type="application/xml")


@pages.get("/berkas/<attachment_id>")
@signed_in
def get_file(attachment_id: str) -> Response:
    """A file of a request, as a download."""
    name, media_type, data = attachment(context(), actor(), attachment_id)
    response = FlaskResponse(data, content_type=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def render_task(
    task_id: str, status: int = 200, *, typed: dict[str, Any] | None = None,
    errors: list[dict[str, Any]] | None = None, message: str = "",
) -> Response:  # fmt: skip
    """The task's page; `typed` is what was just handed in and refused, it comes before the draft."""
    found = task(context(), actor(), task_id)
    about = sop(context(), found["definition"], found["version"])
    asked = plain_task_form(context(), actor(), found, typed)
    decision = decision_of(asked.form)
    told = story(found["instance_id"], about)
    mine = found["status"] == "open" and found["instance_status"] in ("running", "incident")
    holder = actor().person_id if found["assignee"] == actor().username else (-1 if found["assignee"] else None)
    return page(
        "task.html", status, task=found, sop=about, step=step_of(about, found["element_id"]),
        form=without(asked.form, decision), source=without(asked.source, decision), asked=asked,
        decision=decision,
        data=typed if typed is not None else found["draft"] or {}, errors=errors or [], message=message,
        left=remaining(context(), [found])[task_id], story=told, returns=task_returns(context(), found),
        instruction=_instruction(found, told), previewable=PREVIEWABLE, known=request_data(context(), found),
        progress=_progress(found["instance_id"]), may_work=mine and may_complete(actor(), found["role"], holder),
        colleagues=colleagues(context(), actor()) if mine else [],
    )  # fmt: skip


def step_of(about: Sop, element_id: str) -> Step | None:
    """The activity of an SOP with this element id."""
    return next((step for step in about.steps if step.element_id == element_id), None)


def story(instance_id: str, about: Sop) -> list[dict[str, Any]]:
    """What people want to read of a request's history, newest first; empty when the visitor may see only the task."""
    try:
        entries = instance_history(context(), actor(), instance_id, limit=HISTORY)["items"]
    except NotFound:
        return []
    told = [entry for entry in reversed(entries) if entry["type"] in STORY]
    return [entry | {"step": about.names.get(entry["element_id"] or "", "")} | _said(entry) for entry in told]


def _said(entry: dict[str, Any]) -> dict[str, Any]:
    """What was decided and noted on a task's form when it was completed, by the names that SOP forms give them."""
    data = entry["data"].get("data") if entry["type"] == "task_completed" else None
    if not isinstance(data, dict):
        return {"decided": [], "noted": []}
    return {
        "decided": [value for key, value in data.items() if key.startswith("keputusan_") and isinstance(value, str)],
        "noted": [value for key, value in data.items() if key.startswith("catatan_") and isinstance(value, str)],
    }


def _instruction(found: dict[str, Any], told: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The newest disposition by which the visitor has the task."""
    token = found["id"].removeprefix(f"{found['instance_id']}-")
    given = (one for one in told if one["type"] == "task_delegated" and one["data"]["token"] == token)
    newest = next(given, None)
    return newest if newest and found["assignee"] == actor().username else None


def _progress(instance_id: str) -> dict[str, Any]:
    """The marks of the diagram and its table: the newest state of every activity that was visited."""
    try:
        every = instance_tasks(context(), actor(), instance_id)
    except NotFound:
        every = []
    states = {one["element_id"]: one for one in every}
    return {
        "tasks": states,
        "active": [key for key, one in states.items() if one["status"] == "open"],
        "done": [key for key, one in states.items() if one["status"] == "completed"],
    }
