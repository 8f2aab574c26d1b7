"""One task as its page shows it: facts, form, draft, files, comments."""

import json
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.assignment import Actor, may_see_task
from engine.context import Context
from engine.errors import NotFound
from engine.history.chain import moment
from engine.model import State, pinned
from engine.queries.inbox import task_columns, task_item
from engine.storage.attachments import of_instance
from engine.storage.definitions import find_id
from engine.storage.tables import definition_forms, history, instances, roles, tasks


def task(context: Context, actor: Actor, task_id: str) -> dict[str, Any]:
    """The task with draft, comments, files and the variables it sees now (once it has ended, the instance's).

    Raises:
        NotFound: no such task, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = _visible(connection, actor, task_id)
        state, token = State.from_json(row.state), _token(row)
        seen = state.visible(state.inside(token)) if token in state.tokens else state.variables
        return task_item(row) | {
            "draft": row.draft, "variables": seen, "comments": _comments(connection, row),
            "attachments": [attachment_item(one) for one in of_instance(connection, row.instance_id)],
            "instance_status": row.instance_status, "has_applicant": row.applicant_id is not None,
        }  # fmt: skip


def task_form(context: Context, actor: Actor, task_id: str) -> dict[str, Any]:
    """The form-js JSON of a task's form, or `{"type": "default", "components": []}` when it has none.

    Raises:
        NotFound: no such task, or the actor may not see it.
    """
    with context.database.read() as connection:
        row = _visible(connection, actor, task_id)
        own = definition_forms.c.definition_id == _home(connection, row)  # else (ended) of the newest that is called
        body = connection.execute(
            select(definition_forms.c.body)
            .where(definition_forms.c.key == row.form_key)
            .order_by(own.desc(), definition_forms.c.definition_id.desc())
            .limit(1)
        ).scalar()
        form: dict[str, Any] = json.loads(body) if body else {"type": "default", "components": []}
        return form


def _home(connection: Connection, row: Row[Any]) -> int:
    """The version an open task belongs to: the instance's own, or that of the process called."""
    found = State.from_json(row.state).tasks().get(_token(row))
    key, version = pinned((found and found.process) or "")
    return find_id(connection, key, version) if version else int(row.definition_id)


def _token(row: Row[Any]) -> str:
    return str(row.id.removeprefix(f"{row.instance_id}-"))


def _visible(connection: Connection, actor: Actor, task_id: str) -> Row[Any]:
    query = (
        task_columns()
        .add_columns(instances.c.state, instances.c.definition_id, roles.c.superior_role, instances.c.applicant_id)
        .outerjoin(roles, roles.c.key == tasks.c.role)
        .where(tasks.c.id == task_id, tasks.c.kind == "user")
    )
    row = connection.execute(query).one_or_none()
    if row is None or not may_see_task(actor, row.role, row.assignee_id, row.confidentiality, row.superior_role):
        raise NotFound(f"Expected a task '{task_id}', but there is none.")
    return row


def _comments(connection: Connection, row: Row[Any]) -> list[dict[str, Any]]:
    token = _token(row)
    rows = connection.execute(
        select(history)
        .where(history.c.instance_id == row.instance_id, history.c.type == "task_commented")
        .order_by(history.c.seq)
    )
    found = [(one, json.loads(one.data)) for one in rows]
    return [
        {"at": moment(one.at), "actor": json.loads(one.actor), "text": data["text"]}
        for one, data in found
        if data["token"] == token
    ]


def attachment_item(row: Row[Any]) -> dict[str, Any]:
    """An attachment as the API shows it."""
    return {
        "id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size, "sha256": row.sha256,
        "task_id": row.task_id, "uploaded_at": moment(row.uploaded_at),
    }  # fmt: skip
