"""Compliance with the mutu baku by activity: the report page's figures, in the shape that API clients know."""

from datetime import date
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.queries.report import activities
from engine.queries.report_filter import ReportFilter

COUNTED = ("completed", "on_time", "late", "open", "open_late")


def compliance(
    context: Context,
    actor: Actor,
    *,
    definition: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> dict[str, Any]:
    """`{since, until, items, totals}`; items by SOP, activity and role, with the counts that `totals` adds up.

    Args:
        since, until: days in which tasks were completed, both included; without them, this month and the two before.
            What is open is counted as it is now.

    Raises:
        Forbidden: the actor may not read reports. InvalidInput: a period that ends before it begins, or is too long.
    """
    found = activities(context, actor, ReportFilter(since, until, definition))
    items = [
        {
            "definition": one["definition"], "element_id": one["key"], "name": one["name"], "role": one["role_key"],
            "completed": one["done"], "on_time": one["done"] - one["late"], "late": one["late"], "open": one["open"],
            "open_late": one["open_late"],
        }
        for one in found["items"]
    ]  # fmt: skip
    totals = {name: sum(item[name] for item in items) for name in COUNTED}
    return {"since": found["since"], "until": found["until"], "items": items, "totals": totals}
