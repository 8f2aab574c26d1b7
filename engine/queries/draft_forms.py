"""A form of a draft: where it is used, what is wrong with it, and what it would make of data. Stores nothing."""

import json
from collections.abc import Mapping
from secrets import randbits
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.assignment import Actor, may_deploy
from engine.attachments import EXTENSIONS, UploadTypeRefused
from engine.context import Context
from engine.diagram.model import Process
from engine.diagram.parse import parse_diagram
from engine.errors import AlurError, Forbidden, NotFound
from engine.queries.drafts import draft_contents
from engine.queries.remaining import DEFAULT_ZONE
from forms.choices import with_choices
from forms.describe import fields
from forms.errors import FormRefused
from forms.load import SCHEMA_VERSION, parse_form
from forms.scope import AttachmentInfo
from forms.validate import validate

EMPTY: Mapping[str, Any] = {"type": "default", "schemaVersion": SCHEMA_VERSION, "components": []}


def draft_form(context: Context, actor: Actor, key: str, form_key: str) -> dict[str, Any]:
    """A form for its editor: `{key, name, etag, form_key, schema, offered, known, used_by[], others[]}`.

    A form that the draft does not hold yet is an empty one (`known` is False); `offered` is the schema with
    the options it offers now, `others` are the forms it holds.

    Raises:
        Forbidden: no analyst. NotFound: no such draft.
    """
    found = draft_contents(context, actor, key)
    body = found.forms.get(form_key)
    schema = json.loads(body) if body else {**EMPTY, "id": form_key}
    return {
        "key": key, "name": found.facts["name"], "etag": found.facts["etag"], "form_key": form_key, "schema": schema,
        "offered": with_choices(schema, {}, context.clock.now()), "known": body is not None,
        "used_by": _used_by(found.xml, form_key), "others": sorted(found.forms),
    }  # fmt: skip


def check_form(actor: Actor, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Everything wrong with a form: `{valid, findings[], fields[]}`; `fields` are the names its data will hold.

    A finding is `{element, name, rule, message, message_en}`; `element` is the place in the schema.

    Raises:
        Forbidden: no analyst.
    """
    _require_analyst(actor)
    try:
        form = parse_form(schema)
    except FormRefused as refused:
        findings = [
            {"element": one["element"], "name": one["name"], "rule": one["rule"], "message": one["message_id"],
             "message_en": f"{one['message']} {one['cure']}"}
            for one in refused.errors
        ]  # fmt: skip
        return {"valid": False, "findings": findings, "fields": []}
    names = [{"name": one.name, "label": one.label, "type": one.type, "required": one.required} for one in fields(form)]
    return {"valid": True, "findings": [], "fields": names}


def try_form(context: Context, actor: Actor, key: str, form_key: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as a task with this form would store it; uploads are taken for granted.

    Raises:
        Forbidden, NotFound. FormRefused: the form has problems. FormInvalid: the data does not fit.
    """
    body = draft_contents(context, actor, key).forms.get(form_key)
    if body is None:
        raise NotFound(f"Expected a form '{form_key}' in draft '{key}', but there is none.")
    form, now = parse_form(body), context.clock.now().astimezone(ZoneInfo(DEFAULT_ZONE))
    return validate(form, data, attachments=_sample_file, now=now)


def sample_upload(name: str) -> str:
    """An upload id that `try_form` takes for a file of this name; nothing is uploaded.

    Raises:
        UploadTypeRefused: a type that could not be uploaded either.
    """
    extension = f".{name.lower().rpartition('.')[2]}"
    if extension not in EXTENSIONS:
        raise UploadTypeRefused(f"Expected one of {', '.join(EXTENSIONS)}, but got '{name[-40:]}'.")
    return UUID(int=randbits(100) * len(EXTENSIONS) + list(EXTENSIONS).index(extension)).hex


def _sample_file(attachment_id: str) -> AttachmentInfo:
    types = list(EXTENSIONS.values())
    return AttachmentInfo(types[UUID(attachment_id).int % len(types)], 0)


def _used_by(xml: bytes, form_key: str) -> list[dict[str, str]]:
    """The activities that a diagram gives this form; none while it cannot be read."""
    try:
        process: Process = parse_diagram(xml).main
    except (AlurError, StopIteration):
        return []
    users = [node for node in process.nodes.values() if node.form_key == form_key]
    lanes = {node.id: lane.name if (lane := process.lane_of(node.id)) else "" for node in users}
    return [{"id": node.id, "name": node.name, "lane": lanes[node.id]} for node in users]


def _require_analyst(actor: Actor) -> None:
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to check forms.")
