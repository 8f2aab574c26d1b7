"""Whom to tell what: turns an effect of an instance into ready mails, SMS and webhook calls for configured channels."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from engine.assignment import APPLICANT, CONFIDENTIAL
from engine.change import deployed_by_id
from engine.context import Context
from engine.history.chain import moment
from engine.notifications.message import Channel, OutboxMessage
from engine.notifications.texts import Kind, Notice, kind_of_message, mail, sms
from engine.storage.notices import active_persons, came_back, request, task_with_superior
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
    context: Context, connection: Connection, effect_id: str, instance_id: str, effect: dict[str, Any],
    *, taken: bool = False,
) -> list[OutboxMessage]:  # fmt: skip
    """The messages of one effect; their ids follow from `effect_id`, so that a repetition makes the same ones.

    Args:
        taken: a message of the diagram that another request or SOP took; one that nobody took is for the applicant.
    """
    row = request(connection, instance_id)
    found = [*_webhooks(context, effect_id, row, effect), *_applicants(context, connection, effect_id, row, effect)]
    if effect["type"] in _TASK_KINDS:
        return [*found, *_about_task(context, connection, effect_id, row, effect)]
    notice = None if taken else _about_request(context, connection, row, effect)
    if notice is None:
        return found
    people = active_persons(connection, [row.applicant_id])
    return [*found, *_to_people(context, effect_id, row, notice, people, with_sms=True)]


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


def _about_request(
    context: Context, connection: Connection, row: Row[Any], effect: dict[str, Any]
) -> Notice | None:
    name, kind = "", _REQUEST_KINDS.get(effect["type"])
    if effect["type"] == "message_sent":
        node = deployed_by_id(context, connection, row.definition_id).diagram.main.nodes.get(effect["element_id"])
        if node is None or node.kind != "sendTask":
            return None
        name = node.name or str(effect["name"])
        kind = kind_of_message(f"{name} {effect['name']}")
    if kind is None:
        return None
    return Notice(
        kind, row.registration_number, row.service, task=name, reason=effect.get("reason") or "",
        url=f"{context.settings.public_url}/lacak/{row.registration_number}",
        confidential=row.confidentiality == CONFIDENTIAL,
    )  # fmt: skip


def _about_task(
    context: Context, connection: Connection, effect_id: str, row: Row[Any], effect: dict[str, Any]
) -> Iterator[OutboxMessage]:
    """To the assignee, else to all who hold the role; an escalation to who holds the superior role.

    A superior does not see secret tasks, so their escalation is told to nobody. Applicants, who are not in the office
    to look, get a short message, too.
    """
    task = task_with_superior(connection, f"{row.id}-{effect.get('token')}")
    confidential, escalated = row.confidentiality == CONFIDENTIAL, effect["type"] == "task_escalated"
    if task is None or (escalated and confidential):
        return
    kind, role, name = _TASK_KINDS[effect["type"]], task.role, task.role_name or task.role
    if escalated:
        role, name = task.superior_role, task.superior_name or task.superior_role or ""
    elif task.assignee_id is not None:
        role, name = None, ""
    if kind == "task_opened" and task.role == APPLICANT and came_back(connection, task):
        kind = "request_needs_completion"
    waiting = escalated or task.assignee_id is None
    people = _holders(context, connection, role) if waiting else active_persons(connection, [task.assignee_id])
    notice = Notice(
        kind, row.registration_number, row.service, task=task.name, role=name, due_at=task.due_at,
        url=f"{context.settings.public_url}/tugas/{task.id}", confidential=confidential,
    )  # fmt: skip
    people = [one for one in people if one.id != effect.get("by")]
    yield from _to_people(context, effect_id, row, notice, people, with_sms=task.role == APPLICANT)


def _holders(context: Context, connection: Connection, role: str | None) -> list[Row[Any]]:
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
    """Begins like the id of its effect, so that what became due together leaves in the order in which it happened."""
    return effect_id[:16] + sha256(f"{effect_id}|{channel}|{recipient}".encode()).hexdigest()[:16]
