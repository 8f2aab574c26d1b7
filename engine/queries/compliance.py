"""Compliance with the mutu baku: per SOP and activity, how many were done, how many in time, how many are open late."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, func, select

from engine.assignment import Actor, may_read_reports
from engine.context import Context
from engine.errors import Forbidden
from engine.storage.tables import definitions, instances, tasks


def compliance(
    context: Context,
    actor: Actor,
    *,
    definition: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> dict[str, Any]:
    """`{items: [{definition, element_id, name, role, completed, on_time, late, open, open_late}], totals}`.

    Args:
        since: tasks opened at or after this moment (aware). until: before this moment.

    Raises:
        Forbidden: the actor may not read reports.
    """
    if not may_read_reports(actor):
        raise Forbidden("Expected a leader, auditor, analyst or administrator to read reports.")
    query = _counts(context.clock.now()).order_by(definitions.c.key, tasks.c.element_id)
    if definition is not None:
        query = query.where(definitions.c.key == definition)
    if since is not None:
        query = query.where(tasks.c.opened_at >= since)
    if until is not None:
        query = query.where(tasks.c.opened_at < until)
    with context.database.read() as connection:
        items = [dict(row._mapping) for row in connection.execute(query)]
    names = ("completed", "on_time", "late", "open", "open_late")
    return {"items": items, "totals": {name: sum(item[name] for item in items) for name in names}}


def _counts(now: datetime) -> Any:
    done, still = tasks.c.status == "completed", tasks.c.status == "open"
    late = done & (tasks.c.completed_at > tasks.c.due_key)

    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    return (
        select(
            definitions.c.key.label("definition"), tasks.c.element_id, tasks.c.name, tasks.c.role,
            count(done).label("completed"), count(done & ~(tasks.c.completed_at > tasks.c.due_key)).label("on_time"),
            count(late).label("late"), count(still).label("open"),
            count(still & (tasks.c.due_key < now)).label("open_late"),
        )
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(tasks.c.kind == "user")
        .group_by(definitions.c.key, tasks.c.element_id, tasks.c.name, tasks.c.role)
    )  # fmt: skip
