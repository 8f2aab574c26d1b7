"""The compliance report: in time or late, conforming or not, per SOP, agency, role, activity and month.

Adds up the cells of `report_cells.py`. Lateness and durations are in working time (docs/working-time.md).
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, select

from engine.assignment import Actor
from engine.context import Context
from engine.history.chain import moment
from engine.queries import report_cells as cells
from engine.queries.report_filter import ReportFilter, checked
from engine.queries.sop import deployed_version
from engine.storage.tables import agencies, definitions, post_roles, posts, roles

MOST_BOTTLENECKS = 10
FEWEST_DONE = 3  # of an activity, to be called a bottleneck
_COUNTED = (
    "done", "limited", "late", "minutes", "open", "open_late", "ended", "cancelled", "conformant", "with_late",
    "own_minutes", "applicant_minutes", "running",
)  # fmt: skip


@dataclass(slots=True)
class Figures:
    """Sums of one group. Minutes are working minutes; shares are None where there is nothing to divide."""

    sums: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))
    longest: int = 0

    def add(self, cell: Mapping[str, Any]) -> None:
        """Adds what a cell counts."""
        for name in _COUNTED:
            self.sums[name] += int(cell.get(name) or 0)
        self.longest = max(self.longest, int(cell.get("longest") or 0))

    def to_dict(self) -> dict[str, Any]:
        """The sums with what follows from them."""
        it = self.sums
        return it | {
            "on_time": it["limited"] - it["late"], "longest": self.longest,
            "on_time_share": _share(it["limited"] - it["late"], it["limited"]),
            "conformant_share": _share(it["conformant"], it["ended"]),
            "deviating": it["ended"] - it["conformant"],
            "average_minutes": it["minutes"] // it["done"] if it["done"] else None,
            "average_own_minutes": it["own_minutes"] // it["ended"] if it["ended"] else None,
        }  # fmt: skip


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def report(context: Context, actor: Actor, wanted: ReportFilter, *, months: int = 3) -> dict[str, Any]:
    """`{since, until, at, totals, definitions[], agencies[], roles[], elements[], months[], bottlenecks[]}`.

    Each item has `key`, `name` and the figures; `elements` only for one SOP. A role has no figures of requests.

    Args:
        months: how long the period is when `wanted` names none.

    Raises:
        Forbidden, InvalidInput: see `checked`.
    """
    wanted = checked(context, actor, wanted, months)
    now = context.clock.now()
    with context.database.read() as connection:
        done, ended = _dicts(cells.done_cells(connection, wanted)), _dicts(cells.ended_cells(connection, wanted))
        work = [*done, *_dicts(cells.open_cells(connection, wanted, now))]
        asked = [*ended, *_dicts(cells.running_cells(connection, wanted))]
        names = _Names(context, connection)
        every = [*work, *asked]
        since, until = wanted.days
        return {
            "since": since, "until": until, "at": moment(now), "totals": _total(every),
            "definitions": _latest_first(_grouped(every, lambda one: names.definition(one["definition_id"]))),
            "agencies": _latest_first(_grouped(every, lambda one: names.agency(one["agency_id"]))),
            "roles": _latest_first(_grouped(work, names.role)),
            "elements": sorted(_grouped(work, names.element), key=_place) if wanted.definition else [],
            "months": _grouped([*done, *ended], _month_of),
            "bottlenecks": _bottlenecks(work, names),
        }  # fmt: skip


def activities(context: Context, actor: Actor, wanted: ReportFilter) -> dict[str, Any]:
    """The figures of each activity with its role, over all versions of an SOP: `{since, until, items}`.

    Raises:
        Forbidden, InvalidInput: see `checked`.
    """
    wanted = checked(context, actor, wanted)
    with context.database.read() as connection:
        work = [*_dicts(cells.done_cells(connection, wanted)),
                *_dicts(cells.open_cells(connection, wanted, context.clock.now()))]  # fmt: skip
        names = _Names(context, connection)
        items = [
            names.element(cell) | names.of_bottleneck(cell) | figures.to_dict()
            for cell, figures in _by_activity(work, names).values()
        ]
    since, until = wanted.days
    items.sort(key=lambda one: (one["definition"], _place(one), one["role_key"]))
    return {"since": since, "until": until, "items": items}


def _dicts(rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in rows]


def _total(found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    total = Figures()
    for cell in found:
        total.add(cell)
    return total.to_dict()


def _grouped(
    found: Iterable[Mapping[str, Any]], key_of: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """The cells added up by what `key_of` says of them (`key`, `name`, more), by key."""
    groups: dict[str, tuple[dict[str, Any], Figures]] = {}
    for cell in found:
        about = key_of(cell)
        groups.setdefault(about["key"], (about, Figures()))[1].add(cell)
    return [about | figures.to_dict() for _, (about, figures) in sorted(groups.items())]


def _latest_first(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Most late ones first, then by name."""
    return sorted(items, key=lambda one: (-one["open_late"] - one["late"], one["name"]))


def _place(item: Mapping[str, Any]) -> list[Any]:
    """The order of the sheet: kegiatan_2 before kegiatan_10."""
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", item["key"])]


def _month_of(cell: Mapping[str, Any]) -> dict[str, Any]:
    key = f"{int(cell['year']):04}-{int(cell['month']):02}"
    return {"key": key, "name": key}


def _bottlenecks(work: Iterable[Mapping[str, Any]], names: "_Names") -> list[dict[str, Any]]:
    """Activities with role on which requests lie longest, over all versions of an SOP."""
    groups = _by_activity(work, names).values()
    often = [(cell, figures) for cell, figures in groups if figures.sums["done"] >= FEWEST_DONE]
    often.sort(key=lambda one: one[1].sums["minutes"] / one[1].sums["done"], reverse=True)
    slowest = often[:MOST_BOTTLENECKS]
    return [names.element(cell) | names.of_bottleneck(cell) | figures.to_dict() for cell, figures in slowest]


def _by_activity(
    work: Iterable[Mapping[str, Any]], names: "_Names"
) -> dict[tuple[str, str, str], tuple[Mapping[str, Any], Figures]]:
    """The figures by SOP, activity and role, with one of the cells."""
    groups: dict[tuple[str, str, str], tuple[Mapping[str, Any], Figures]] = {}
    for cell in work:
        key = (names.definition(cell["definition_id"])["key"], cell["element_id"], cell["role"])
        groups.setdefault(key, (cell, Figures()))[1].add(cell)
    return groups


_home_of_roles = (
    select(post_roles.c.role, func.min(agencies.c.name).label("agency"))
    .join(posts, posts.c.id == post_roles.c.post_id)
    .join(agencies, agencies.c.id == posts.c.agency_id)
    .group_by(post_roles.c.role)
)


class _Names:
    """What people call the ids in cells."""

    def __init__(self, context: Context, connection: Connection) -> None:
        self._context, self._connection = context, connection
        rows = connection.execute(select(definitions.c.id, definitions.c.key, definitions.c.name))
        self._definitions = {row.id: {"key": row.key, "name": row.name} for row in rows}
        rows = connection.execute(select(agencies.c.id, agencies.c.code, agencies.c.name))
        self._agencies = {row.id: {"key": row.code, "name": row.name} for row in rows}
        self._roles = {row.key: row.name for row in connection.execute(select(roles.c.key, roles.c.name))}
        self._homes = {row.role: row.agency for row in connection.execute(_home_of_roles)}

    def definition(self, definition_id: int) -> dict[str, Any]:
        return self._definitions[definition_id]

    def agency(self, agency_id: int) -> dict[str, Any]:
        return self._agencies[agency_id]

    def role(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        """A role with the agency whose post gives it: many agencies have a secretary."""
        name = self._roles.get(cell["role"], cell["role"])
        return {"key": cell["role"], "name": name, "agency": self._homes.get(cell["role"], "")}

    def element(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        """An activity by the drawing of its version; what a later version renamed keeps the name it had."""
        node = deployed_version(self._context, self._connection, cell["definition_id"]).diagram.main.nodes.get(
            cell["element_id"]
        )
        name = node.name if node is not None and node.name else cell["element_id"]
        return {"key": cell["element_id"], "name": name, "role": self.role(cell)["name"]}

    def of_bottleneck(self, cell: Mapping[str, Any]) -> dict[str, Any]:
        about = self.definition(cell["definition_id"])
        return {
            "definition": about["key"], "definition_name": about["name"], "role_key": cell["role"],
            "agency": self._homes.get(cell["role"], ""),
        }  # fmt: skip
