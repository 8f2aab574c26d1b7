"""What came to a person lately: new tasks, dispositions, comments, missed deadlines, ended requests.

Nothing is stored for it but what was read and whom comments are for: it follows from open tasks, their history and own
requests. Every part goes through an index of what is open for one's roles or lies with oneself. Of a role with more
than `NEAREST` open tasks, the new ones among those due first are told: nobody reads a thousand notifications.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy import tuple_ as row_of

from engine.assignment import APPLICANT, CONFIDENTIAL, Actor
from engine.context import Context
from engine.history.chain import moment
from engine.queries.cursor import decode, encode
from engine.storage.notification_marks import read_of, read_until
from engine.storage.tables import (
    comment_notices,
    definitions,
    history,
    instances,
    notification_reads,
    roles,
    tasks,
)

WINDOW = timedelta(days=30)
MOST = 100  # unread ones are counted up to here
NEAREST = 1_000
_SAID = ("task_delegated", "task_assigned", "task_commented")
_NO_SEQ = cast(null(), Integer)
_open = (tasks.c.status == "open") & (tasks.c.kind == "user")


def notifications(context: Context, actor: Actor, *, limit: int = 50, cursor: str | None = None) -> dict[str, Any]:
    """One page of the last thirty days, newest first: `{items, next_cursor}`.

    Raises:
        InvalidInput: a foreign cursor.
    """
    now = context.clock.now()
    before = decode(cursor, datetime, str) if cursor else None
    with context.database.read() as connection:
        parts = [_newest(one, now - WINDOW, limit + 1, before) for one in _parts(actor, now)]
        every = union_all(*[select(one.subquery()) for one in parts]).subquery()
        query = select(every).order_by(every.c.at.desc(), every.c.id.desc()).limit(limit + 1)
        found = connection.execute(query).all()
        page = found[:limit]
        known = read_until(connection, actor.person_id)
        read = read_of(connection, actor.person_id, [row.id for row in page])
        facts = _facts(connection, [row.instance_id for row in page], [row.task_id for row in page])
        said = _said(connection, [(row.instance_id, row.seq) for row in page if row.seq is not None])
    return {
        "items": [
            {
                "id": row.id, "kind": row.kind, "at": moment(row.at), "task_id": row.task_id,
                "instance_id": row.instance_id, "read": row.id in read or (known is not None and row.at <= known),
            } | facts["requests"][row.instance_id] | {"name": facts["tasks"].get(row.task_id)}
            | said.get((row.instance_id, row.seq), {"by": None, "text": None})
            for row in page
        ],
        "next_cursor": encode(page[-1].at, page[-1].id) if len(found) > limit else None,
    }  # fmt: skip


def unread(context: Context, actor: Actor) -> int:
    """How many notifications the actor has not read, at most `MOST`."""
    now = context.clock.now()
    with context.database.read() as connection:
        known = read_until(connection, actor.person_id)
        since = max(known, now - WINDOW) if known else now - WINDOW
        parts = [_newest(one, since, MOST) for one in _parts(actor, now)]
        every = union_all(*[select(one.subquery()) for one in parts]).subquery()
        seen = select(notification_reads.c.notification).where(notification_reads.c.person_id == actor.person_id)
        count = connection.execute(select(func.count()).select_from(every).where(every.c.id.not_in(seen))).scalar_one()
    return min(int(count), MOST)


def _newest(part: Select[Any], since: datetime, limit: int, before: list[Any] | None = None) -> Select[Any]:
    found = part.subquery()
    query = select(found).where(found.c.at > since)
    if before:
        query = query.where(row_of(found.c.at, found.c.id) < row_of(*before))
    return query.order_by(found.c.at.desc(), found.c.id.desc()).limit(limit)


def _parts(actor: Actor, now: datetime) -> list[Select[Any]]:
    """The sources: what is open for the actor, what was said about it, what is late, what has ended."""
    own, late = tasks.c.assignee_id == actor.person_id, tasks.c.due_key <= now
    free = [(tasks.c.role == role) & tasks.c.assignee_id.is_(None) for role in sorted(actor.roles - {APPLICANT})]
    below = select(roles.c.key).where(roles.c.superior_role.in_(sorted(actor.roles)))
    escalated = tasks.c.role.in_(below) & (tasks.c.confidentiality != CONFIDENTIAL) & late
    return [
        _tasks("new", tasks.c.opened_at, own), *[_nearest(_tasks("new", tasks.c.opened_at, one)) for one in free],
        _tasks("late", tasks.c.due_key, own & late), *[_tasks("late", tasks.c.due_key, one & late) for one in free],
        _tasks("escalated", tasks.c.due_key, escalated), _ended(actor),
        _comments(actor, own), _commented(actor), _told(actor),
    ]  # fmt: skip


def _nearest(part: Select[Any]) -> Select[Any]:
    return select(part.order_by(tasks.c.due_key, tasks.c.id).limit(NEAREST).subquery())


def _tasks(kind: str, at: ColumnElement[Any], whose: ColumnElement[bool]) -> Select[Any]:
    return select(
        (literal(f"{kind}:") + tasks.c.id).label("id"), literal(kind).label("kind"), at.label("at"),
        tasks.c.id.label("task_id"), tasks.c.instance_id, _NO_SEQ.label("seq"),
    ).where(_open, whose)  # fmt: skip


def _comments(actor: Actor, own: ColumnElement[bool]) -> Select[Any]:
    """What others wrote on the actor's tasks, and by whom they came to the actor."""
    token = func.substr(tasks.c.id, func.length(tasks.c.instance_id) + 2)
    mine = history.c.data.like(literal('%"token":"') + token + literal('"%'))
    to_me = history.c.data.contains(f'"assignee":{actor.person_id},')
    later = or_(history.c.type != "task_assigned", history.c.at > tasks.c.opened_at)  # with its opening it is "new"
    others = or_(history.c.actor.is_(None), ~history.c.actor.contains(f'"person":"{actor.username}"', autoescape=True))
    return (
        select(
            (literal("said:") + tasks.c.id + literal(":") + cast(history.c.seq, String)).label("id"),
            history.c.type.label("kind"), history.c.at.label("at"), tasks.c.id.label("task_id"), tasks.c.instance_id,
            history.c.seq.label("seq"),
        )
        .join(history, history.c.instance_id == tasks.c.instance_id)
        .where(_open, own, history.c.type.in_(_SAID), mine, others, later,
               or_(history.c.type == "task_commented", to_me))
    )  # fmt: skip


def _commented(actor: Actor) -> Select[Any]:
    """What others wrote on tasks that still wait for the actor's roles."""
    mine = comment_notices.c.role.in_(sorted(actor.roles - {APPLICANT})) & tasks.c.assignee_id.is_(None)
    return (
        select(
            (literal("said:") + tasks.c.id + literal(":") + cast(comment_notices.c.seq, String)).label("id"),
            literal("task_commented").label("kind"), comment_notices.c.at.label("at"), tasks.c.id.label("task_id"),
            comment_notices.c.instance_id, comment_notices.c.seq.label("seq"),
        )
        .join(tasks, tasks.c.id == comment_notices.c.task_id)
        .where(_open, mine, comment_notices.c.author_id != actor.person_id)
    )  # fmt: skip


def _told(actor: Actor) -> Select[Any]:
    """What was written to the actor as an applicant."""
    number = cast(comment_notices.c.seq, String)
    return select(
        (literal("told:") + comment_notices.c.instance_id + literal(":") + number).label("id"),
        literal("told").label("kind"), comment_notices.c.at.label("at"), cast(null(), String).label("task_id"),
        comment_notices.c.instance_id, comment_notices.c.seq.label("seq"),
    ).where(comment_notices.c.applicant_id == actor.person_id)  # fmt: skip


def _ended(actor: Actor) -> Select[Any]:
    return select(
        (literal("ended:") + instances.c.id).label("id"), literal("ended").label("kind"),
        instances.c.ended_at.label("at"), cast(null(), String).label("task_id"), instances.c.id.label("instance_id"),
        _NO_SEQ.label("seq"),
    ).where(instances.c.applicant_id == actor.person_id, instances.c.ended_at.is_not(None))  # fmt: skip


def _facts(connection: Connection, instance_ids: list[str], task_ids: list[str | None]) -> dict[str, Any]:
    requests = connection.execute(
        select(instances.c.id, instances.c.registration_number, instances.c.status, definitions.c.name)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(instances.c.id.in_(set(instance_ids)))
    )
    named = connection.execute(select(tasks.c.id, tasks.c.name).where(tasks.c.id.in_({one for one in task_ids if one})))
    return {
        "requests": {
            row.id: {
                "registration_number": row.registration_number, "definition_name": row.name, "status": row.status,
            } for row in requests
        },
        "tasks": {row.id: row.name for row in named},
    }  # fmt: skip


def _said(connection: Connection, entries: list[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    if not entries:
        return {}
    rows = connection.execute(select(history).where(row_of(history.c.instance_id, history.c.seq).in_(entries)))
    found = {}
    for row in rows:
        data, by = json.loads(row.data), json.loads(row.actor) if row.actor else None
        words = data.get("text") or data.get("instruction") or data.get("reason") or None
        found[row.instance_id, row.seq] = {"by": by, "text": words}
    return found
