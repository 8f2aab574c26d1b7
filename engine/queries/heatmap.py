"""Where an SOP is busy, slow and late: figures by element and flow, for the diagram and its table."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, case, func, select, text

from engine.assignment import Actor
from engine.context import Context
from engine.queries.report_filter import ReportFilter, about, checked, roughly_within
from engine.storage.definitions import find_id
from engine.storage.tables import history, instances, task_facts, tasks

MOST_REQUESTS = 3000  # the newest of the period; their histories are read
_open = text("tasks.status = 'open'")


def heatmap(context: Context, actor: Actor, wanted: ReportFilter) -> dict[str, Any]:
    """Figures over the requests of one SOP that started in the period, running ones too.

    Returns:
        `{since, until, requests, cut, elements}`: by id `passes`, and of activities `done, limited, late, late_share,
        minutes` (on average), `longest, open, open_late`. `cut`: only the newest requests of a longer list.

    Raises:
        Forbidden, InvalidInput: see `checked`. NotFound: no such SOP or version.
    """
    wanted = checked(context, actor, wanted)
    with context.database.read() as connection:
        find_id(connection, str(wanted.definition), wanted.version)
        chosen = _requests(wanted)
        total = connection.execute(select(func.count()).select_from(chosen.subquery())).scalar_one()
        found = _passes(connection, chosen)
        for element, figures in _work(connection, chosen, context.clock.now()).items():
            found.setdefault(element, {"passes": 0}).update(figures)
    since, until = wanted.days
    return {
        "since": since, "until": until, "requests": min(int(total), MOST_REQUESTS), "cut": total >= MOST_REQUESTS,
        "elements": found,
    }  # fmt: skip


def _requests(wanted: ReportFilter) -> Select[Any]:
    """The ids of the requests that count, newest first."""
    return (
        select(instances.c.id)
        .where(*about(wanted, instances), *roughly_within(wanted, instances.c.started_at))
        .order_by(instances.c.started_at.desc())
        .limit(MOST_REQUESTS)
    )


def _passes(connection: Connection, chosen: Select[Any]) -> dict[str, dict[str, Any]]:
    """How often each element was completed and each flow taken."""
    query = (
        select(history.c.element_id, func.count().label("passes"))
        .where(history.c.instance_id.in_(chosen), history.c.type.in_(("element_completed", "flow_taken")))
        .group_by(history.c.element_id)
    )
    return {row.element_id: {"passes": row.passes} for row in connection.execute(query)}


def _work(connection: Connection, chosen: Select[Any], now: datetime) -> Mapping[str, dict[str, Any]]:
    """Durations and lateness of tasks by element, the applicant's included, and how many are open."""
    late = func.sum(case((task_facts.c.late_minutes > 0, 1), else_=0)).label("late")
    done = (
        select(
            task_facts.c.element_id, func.count().label("done"), func.count(task_facts.c.late_minutes).label("limited"),
            late, func.avg(task_facts.c.minutes).label("minutes"), func.max(task_facts.c.minutes).label("longest"),
        )
        .where(task_facts.c.instance_id.in_(chosen))
        .group_by(task_facts.c.element_id)
    )  # fmt: skip
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(done):
        found[row.element_id] = {
            "done": row.done, "limited": row.limited, "late": int(row.late), "minutes": int(row.minutes),
            "longest": row.longest, "late_share": round(row.late / row.limited, 4) if row.limited else None,
        }  # fmt: skip
    waiting = (
        select(tasks.c.element_id, func.count().label("open"),
               func.sum(case((tasks.c.due_key < now, 1), else_=0)).label("open_late"))
        .where(_open, tasks.c.kind == "user", tasks.c.instance_id.in_(chosen))
        .group_by(tasks.c.element_id)
    )  # fmt: skip
    for row in connection.execute(waiting):
        found.setdefault(row.element_id, {}).update(open=row.open, open_late=int(row.open_late))
    return found
