"""Which open deadlines a change of the calendar would move, request by request, before anything is stored.

The same computation as the command's (`engine.rescheduling`), over a calendar that is only imagined. One page examines
a bounded number of requests; its cursor goes on behind the last one examined.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from engine.assignment import Actor, may_see_instance
from engine.context import Context
from engine.decrees import read_changes
from engine.deployed import Deployed
from engine.errors import NotFound
from engine.office_hours import office_of, read_office
from engine.people import require_administrator, zone
from engine.queries.cursor import decode, encode
from engine.rescheduling import moves, reckon
from engine.storage import calendars, people
from engine.storage.agencies import require_agencies
from engine.storage.recomputations import open_requests
from engine.working_calendar import WorkingCalendar

EXAMINED = 500  # requests on one page, whether they move or not
SHOWN = 50  # requests that move on one page

Pending = Sequence[Mapping[str, Any]]


def preview_decree(
    context: Context, actor: Actor | None, changes: Sequence[dict[str, Any]], *, decree: str, cursor: str | None = None
) -> dict[str, Any]:
    """What `change_calendar` with the same arguments would move: `{items, examined, next_cursor}`.

    Raises:
        Forbidden. InvalidInput: as the command, or a foreign cursor.
    """
    require_administrator(actor)
    rows = read_changes(changes, decree)
    with context.database.read() as connection:
        require_agencies(connection, {row["agency_id"] for row in rows} - {None})
        return _page(context, connection, actor, rows, cursor)


def preview_office(
    context: Context, actor: Actor | None, code: str, changes: Mapping[str, Any], *, cursor: str | None = None
) -> dict[str, Any]:
    """What `change_agency` with the same `changes` would move: `{items, examined, next_cursor}`.

    Raises:
        Forbidden. NotFound: no such agency. InvalidInput, OfficeHoursRefused: as the command, or a foreign cursor.
    """
    require_administrator(actor)
    with context.database.read() as connection:
        row = people.agency_row(connection, code)
        if row is None:
            raise NotFound(f"Expected the agency '{code}' to exist, but it does not.")
        office = office_of(zone(changes.get("zone", row.zone)), read_office(changes.get("office", row.office)))
        if office == office_of(row.zone, read_office(row.office)):
            return {"items": [], "examined": 0, "next_cursor": None}
        day = people.local_day(connection, row.id, context.clock.now())
        change = {"date": day, "name": None, "category": calendars.OFFICE, "agency_id": row.id, "office": office}
        return _page(context, connection, actor, [change], cursor)


def _page(
    context: Context, connection: Connection, actor: Actor | None, pending: Pending, cursor: str | None
) -> dict[str, Any]:
    now, version = context.clock.now(), calendars.current_version(connection)
    imagined: dict[int, WorkingCalendar] = {}
    items: list[dict[str, Any]] = []
    rows = _rows(connection, pending, decode(cursor, str)[0] if cursor else "")
    examined = 0
    for row in rows[:EXAMINED]:
        if len(items) == SHOWN:
            break
        if row.agency_id not in imagined:
            imagined[row.agency_id] = calendars.calendar_at(connection, row.agency_id, version, pending)
        deployed, events = reckon(context, connection, row, imagined[row.agency_id], now)
        examined += 1
        if events:
            nodes = deployed.diagram.main.nodes
            moved = [one | {"name": nodes[one["element_id"]].name if one["element_id"] in nodes else ""}
                     for one in moves(events)]  # fmt: skip
            items.append(_item(actor, row, deployed, moved))
    more = len(rows) > examined
    return {"items": items, "examined": examined, "next_cursor": encode(rows[examined - 1].id) if more else None}


def _rows(connection: Connection, pending: Pending, after: str) -> Sequence[Row[Any]]:
    concerned = {row.get("agency_id") for row in pending}
    only = concerned.pop() if len(concerned) == 1 else None
    return open_requests(connection, only, after, EXAMINED + 1)


def _item(actor: Actor | None, row: Row[Any], deployed: Deployed, moved: list[dict[str, Any]]) -> dict[str, Any]:
    """A request with its moves; of a secret one only the moments, for those who may not see it."""
    roles = {facts.role for facts in deployed.tasks.values()}
    seen = actor is None or may_see_instance(actor, row.applicant_id, row.confidentiality, roles)
    if not seen:
        moved = [{**one, "element_id": None, "name": ""} for one in moved]
    return {
        "instance_id": row.id if seen else None, "registration_number": row.registration_number if seen else None,
        "definition_name": deployed.name if seen else None, "zone": row.zone, "moves": moved,
    }  # fmt: skip
