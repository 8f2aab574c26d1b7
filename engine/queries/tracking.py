"""Where a request is, for anybody with its number; and what only its applicant may know beside that."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from engine.assignment import CONFIDENTIAL, Actor
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.queries.instances import instance_item
from engine.storage.tables import agencies, comment_notices, definitions, history, instances, roles, tasks

_shown = ("registration_number", "definition", "version", "name", "status", "started_at", "ended_at")
_MOST_MESSAGES = 20


def track(context: Context, registration_number: str, who: Actor | None = None) -> dict[str, Any]:
    """Where a request is: status, and each step with the post that has it, without names or contents.

    Args:
        who: the visitor, if somebody is logged in: applicants also find their own secret requests.

    Raises:
        NotFound: no such number, or a secret request of somebody else.
    """
    with context.database.read() as connection:
        row = connection.execute(
            select(instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name,
                   agencies.c.name.label("agency"))
            .join(definitions, definitions.c.id == instances.c.definition_id)
            .join(agencies, agencies.c.id == instances.c.agency_id)
            .where(instances.c.registration_number == registration_number, _trackable(who))
        ).one_or_none()  # fmt: skip
        if row is None:
            raise NotFound(f"Expected a request with number '{registration_number}', but there is none.")
        steps = _steps(context, connection, row.id)
    item = instance_item(row)
    return {name: item[name] for name in _shown} | {"agency": row.agency, "steps": steps}


def _trackable(who: Actor | None) -> ColumnElement[bool]:
    open_to_all = instances.c.confidentiality != CONFIDENTIAL
    return open_to_all if who is None else or_(open_to_all, instances.c.applicant_id == who.person_id)


def _steps(context: Context, connection: Connection, instance_id: str) -> list[dict[str, Any]]:
    now = context.clock.now()
    rows = connection.execute(
        select(tasks, roles.c.name.label("post"))
        .outerjoin(roles, roles.c.key == tasks.c.role)
        .where(tasks.c.instance_id == instance_id, tasks.c.kind == "user")
        .order_by(tasks.c.opened_at, tasks.c.id)
    )
    return [
        {
            "element_id": one.element_id, "name": one.name, "lane": one.lane, "post": one.post, "status": one.status,
            "opened_at": moment(one.opened_at), "due_at": moment(one.due_at) if one.due_at else None,
            "completed_at": moment(one.completed_at) if one.completed_at else None,
            "late": one.due_key < (one.completed_at or now),
        }
        for one in rows
    ]  # fmt: skip


def whereabouts(context: Context, instance_ids: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """Where requests that the caller listed stand now: `{lane, name, late}` of each open step, by request."""
    now = context.clock.now()
    query = (
        select(tasks.c.instance_id, tasks.c.lane, tasks.c.name, tasks.c.due_key)
        .where(tasks.c.instance_id.in_(instance_ids), tasks.c.status == "open", tasks.c.kind == "user")
        .order_by(tasks.c.opened_at, tasks.c.id)
    )
    found: dict[str, list[dict[str, Any]]] = {}
    with context.database.read() as connection:
        for row in connection.execute(query):
            step = {"lane": row.lane, "name": row.name, "late": row.due_key < now}
            found.setdefault(row.instance_id, []).append(step)
    return found


def own_request(context: Context, actor: Actor, registration_number: str) -> dict[str, Any] | None:
    """`{instance_id, reason, messages}` if the request is the actor's, else None.

    `reason` says why it was cancelled or held; `messages` are the newest comments meant for the applicant.
    """
    with context.database.read() as connection:
        instance_id = connection.execute(
            select(instances.c.id)
            .where(instances.c.registration_number == registration_number, instances.c.applicant_id == actor.person_id)
        ).scalar()  # fmt: skip
        if instance_id is None:
            return None
        told = connection.execute(
            select(history.c.type, history.c.data)
            .where(history.c.instance_id == instance_id,
                   history.c.type.in_(["instance_cancelled", "instance_suspended", "instance_resumed"]))
            .order_by(history.c.seq.desc()).limit(1)
        ).one_or_none()  # fmt: skip
        messages = _messages(connection, instance_id)
    reason = json.loads(told.data).get("reason", "") if told else ""
    return {"instance_id": instance_id, "reason": reason, "messages": messages}


def _messages(connection: Connection, instance_id: str) -> list[dict[str, Any]]:
    here = (history.c.instance_id == comment_notices.c.instance_id) & (history.c.seq == comment_notices.c.seq)
    rows = connection.execute(
        select(history.c.at, history.c.actor, history.c.data)
        .join(comment_notices, here)
        .where(comment_notices.c.instance_id == instance_id, comment_notices.c.applicant_id.is_not(None))
        .order_by(comment_notices.c.seq.desc()).limit(_MOST_MESSAGES)
    )  # fmt: skip
    return [
        {"at": moment(one.at), "post": json.loads(one.actor or "{}").get("post"), "text": json.loads(one.data)["text"]}
        for one in rows
    ]
