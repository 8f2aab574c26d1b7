"""Two requests side by side: their paths, how long each step took and with whom, deviations, and their data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from engine.assignment import Actor
from engine.context import Context
from engine.diagram.model import Process
from engine.history.comparison import align, interventions, marks
from engine.history.frames import changes
from engine.model import State
from engine.queries.instances import instance_item
from engine.queries.sop import ACTIVITIES, deployed_version
from engine.storage import history
from engine.storage.access import require_visible
from engine.storage.calendars import calendar_at, current_version
from engine.storage.tables import persons, tasks
from engine.working_calendar import WorkingCalendar

LONGEST_PATH = 400  # steps beside each other; more would be no comparison any more


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two requests.

    Attributes:
        request: as lists show it, with agency and zone.
        steps: by element id, `{name, lane, visits, took, late, open, by}`; `took` in words of working time.
        path: names of the steps in the order in which they were opened.
        missed: names of activities of the SOP that were not visited. repeated: names visited more than once.
        interventions: what was not the ordinary course. marks: what the diagram shows.
    """

    request: dict[str, Any]
    steps: Mapping[str, dict[str, Any]]
    path: Sequence[str]
    missed: Sequence[str]
    repeated: Sequence[str]
    interventions: Sequence[dict[str, Any]]
    marks: Mapping[str, list[str]]
    variables: Mapping[str, Any]


def compare(context: Context, actor: Actor, left_id: str, right_id: str) -> dict[str, Any]:
    """`{sides: (Side, Side), steps, path, data, same_sop}`.

    `steps` are `{name, lane, left, right}` with the sides' step or None; `path` are pairs of names, `data` the
    variables that differ as `{name, before, after}`, left and right.

    Raises:
        NotFound: no such request, or the actor may not see one of them.
    """
    with context.database.read() as connection:
        left = _side(context, connection, actor, left_id)
        right = _side(context, connection, actor, right_id)
    same = left.request["definition"] == right.request["definition"]
    left_steps, right_steps = (side.steps if same else _by_name(side.steps) for side in (left, right))
    return {
        "sides": (left, right), "same_sop": same, "steps": _steps(left_steps, right_steps),
        "path": align(left.path[:LONGEST_PATH], right.path[:LONGEST_PATH]),
        "cut": max(len(left.path), len(right.path)) > LONGEST_PATH,
        "data": changes(dict(left.variables), dict(right.variables)),
    }  # fmt: skip


def _side(context: Context, connection: Connection, actor: Actor, instance_id: str) -> Side:
    row = require_visible(connection, actor, instance_id)
    process = deployed_version(context, connection, row.definition_id).diagram.main
    version = current_version(connection)
    calendar = context.calendars.get(
        (row.agency_id, version), lambda: calendar_at(connection, row.agency_id, version)
    )
    visits = connection.execute(
        select(tasks, persons.c.name.label("by"))
        .outerjoin(persons, persons.c.id == tasks.c.completed_by)
        .where(tasks.c.instance_id == instance_id, tasks.c.kind == "user")
        .order_by(tasks.c.opened_at, func.length(tasks.c.id), tasks.c.id)  # token numbers count up
    ).all()
    entries = history.entries(connection, instance_id)
    steps = _visited(process, calendar, visits, context.clock.now())
    every = {node.id: node.name or node.id for node in process.nodes.values() if node.kind in ACTIVITIES}
    return Side(
        instance_item(row) | {"agency": row.agency, "zone": row.zone}, steps, [one.name for one in visits],
        [name for element_id, name in every.items() if element_id not in steps],
        [step["name"] for step in steps.values() if step["visits"] > 1],
        interventions(entries), marks(entries), State.from_json(row.state).variables,
    )  # fmt: skip


def _visited(
    process: Process, calendar: WorkingCalendar, visits: Sequence[Row[Any]], now: datetime
) -> dict[str, dict[str, Any]]:
    steps: dict[str, dict[str, Any]] = {}
    for visit in visits:
        node = process.nodes.get(visit.element_id)
        kalender = node.quality.kalender if node and node.quality else "kerja"
        end = visit.completed_at or now
        step = steps.setdefault(visit.element_id, {
            "name": visit.name, "lane": visit.lane, "visits": 0, "took": [], "late": False, "open": False, "by": [],
            "allowed": node.quality.words if node and node.quality else "",
        })  # fmt: skip
        step["visits"] += 1
        step["took"].append(_took(calendar, visit.opened_at, end, kalender))
        step["late"] |= visit.status != "cancelled" and end > visit.due_key
        step["open"] |= visit.status == "open"
        if visit.by and visit.by not in step["by"]:
            step["by"].append(visit.by)
    return steps


def _took(calendar: WorkingCalendar, opened_at: datetime, end: datetime, kalender: str) -> str:
    """How long a visit took, in the time by which its quality standard runs."""
    if opened_at >= end:
        return "seketika"
    return calendar.describe_remaining(opened_at, end, kalender).removeprefix("sisa ")


def _by_name(steps: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Steps of different SOPs can only be the same by their name; of one name twice in an SOP the first counts."""
    named: dict[str, dict[str, Any]] = {}
    for step in steps.values():
        named.setdefault(step["name"], step)
    return named


def _steps(left: Mapping[str, dict[str, Any]], right: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "name": (left.get(element_id) or right[element_id])["name"],
            "lane": (left.get(element_id) or right[element_id])["lane"],
            "left": left.get(element_id), "right": right.get(element_id),
        }
        for element_id in dict.fromkeys([*left, *right])
    ]  # fmt: skip
