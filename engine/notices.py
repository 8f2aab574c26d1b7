"""Whom to tell what: turns an effect of an instance into ready mails, SMS and webhook calls for configured channels."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import APPLICANT, CONFIDENTIAL
from engine.context import Context
from engine.history.chain import moment
from engine.notifications.message import Channel, OutboxMessage
from engine.notifications.texts import Kind, Notice, mail, sms
from engine.storage.notices import active_persons, request, task_with_superior
from engine.storage.people import holders
from engine.storage.unit_of_work import Connection, Row

_TASK_KINDS: dict[str, Kind] = {
    "task_opened": "task_opened", "task_reminded": "task_reminded", "task_overdue": "task_overdue",
    "task_escalated": "task_escalated", "task_delegated": "task_opened", "task_assigned": "task_opened",
    "task_commented": "task_commented",
}  # fmt: skip
_REQUEST_KINDS: dict[str, Kind] = {
    "instance_started": "request_submitted", "instance_completed": "request_completed",
    "instance_cancelled": "request_cancelled",
}  # fmt: skip


def messages_for(
    context: Context, connection: Connection, effect_id: str, instance_id: str, effect: dict[str, Any]
) -> list[OutboxMessage]:
    """The messages of one effect; their ids follow from `effect_id`, so that a repetition makes the same ones."""
    row = request(connection, instance_id)
    found = [*_webhooks(context, effect_id, row, effect), *_applicants(context, connection, effect_id, row, effect)]
    notice = _notice(context, connection, row, effect)
    if notice is None:
        return found
    about_task = effect["type"] in _TASK_KINDS
    people = (
        _performers(context, connection, row, effect) if about_task else active_persons(connection, [row.applicant_id])
    )
    people = [one for one in people if one.id != effect.get("by")]
    return [*found, *_to_people(context, effect_id, row, notice, people, with_sms=not about_task)]


def _applicants(
    context: Context, connection: Connection, effect_id: str, row: Row[Any], effect: dict[str, Any]
) -> list[OutboxMessage]:
    """What the applicant hears of a comment that is meant for them: that there is one."""
    if effect["type"] != "task_commented" or effect.get("applicant") is None:
        return []
    url = f"{context.settings.public_url}/lacak/{row.registration_number}"
    notice = Notice(
        "request_commented", row.registration_number, row.service, url=url,
        confidential=row.confidentiality == CONFIDENTIAL,
    )  # fmt: skip
    people = active_persons(connection, [effect["applicant"]])
    return [*_to_people(context, f"{effect_id}/applicant", row, notice, people, with_sms=True)]


def _notice(context: Context, connection: Connection, row: Row[Any], effect: dict[str, Any]) -> Notice | None:
    base = context.settings.public_url
    confidential = row.confidentiality == CONFIDENTIAL
    if effect["type"] in _REQUEST_KINDS:
        return Notice(
            _REQUEST_KINDS[effect["type"]], row.registration_number, row.service, reason=effect.get("reason") or "",
            url=f"{base}/lacak/{row.registration_number}", confidential=confidential,
        )  # fmt: skip
    task = task_with_superior(connection, f"{row.id}-{effect.get('token')}") if effect["type"] in _TASK_KINDS else None
    if task is None:
        return None
    role = "" if task.assignee_id else task.role
    if effect["type"] == "task_escalated":
        role = task.superior_role or task.role
    return Notice(
        _TASK_KINDS[effect["type"]], row.registration_number, row.service, task=task.name, role=role,
        due_at=task.due_at, url=f"{base}/tugas/{task.id}", confidential=confidential,
    )  # fmt: skip


def _performers(
    context: Context, connection: Connection, row: Row[Any], effect: dict[str, Any]
) -> list[Row[Any]]:
    """The assignee, else all who hold the role; for an escalation those who hold the superior role."""
    task = task_with_superior(connection, f"{row.id}-{effect.get('token')}")
    if task is None:
        return []
    role = task.superior_role if effect["type"] == "task_escalated" else task.role
    if effect["type"] != "task_escalated" and task.assignee_id is not None:
        return active_persons(connection, [task.assignee_id])
    if role is None or role == APPLICANT:
        return []
    return active_persons(connection, [actor.person_id for actor in holders(connection, role, context.clock.now())])


def _to_people(
    context: Context, effect_id: str, row: Row[Any], notice: Notice, people: list[Row[Any]], *, with_sms: bool
) -> Iterator[OutboxMessage]:
    channels = context.settings.channels
    text = mail(notice, ZoneInfo(row.zone))
    for person in people:
        if channels.smtp is not None and person.email:
            yield OutboxMessage(
                _id(effect_id, "email", person.email), "email", person.email, text.subject, text.text,
                {"html": text.html},
            )  # fmt: skip
        if with_sms and channels.sms is not None and person.phone:
            yield OutboxMessage(_id(effect_id, "sms", person.phone), "sms", person.phone, "", sms(notice), {})


def _webhooks(
    context: Context, effect_id: str, row: Row[Any], effect: dict[str, Any]
) -> Iterator[OutboxMessage]:
    """What connected systems hear: identifiers and the type; never form data, nothing of secret requests."""
    if context.settings.channels.webhook is None or row.confidentiality == CONFIDENTIAL:
        return
    data = {
        "type": effect["type"], "element_id": effect.get("element_id"), "instance_id": row.id,
        "registration_number": row.registration_number, "definition": row.key, "at": moment(context.clock.now()),
    } | ({"name": effect["name"]} if "name" in effect else {})  # fmt: skip
    for url in context.settings.webhook_urls:
        yield OutboxMessage(_id(effect_id, "webhook", url), "webhook", url, effect["type"], "", data)


def _id(effect_id: str, channel: Channel, recipient: str) -> str:
    return sha256(f"{effect_id}|{channel}|{recipient}".encode()).hexdigest()[:32]
