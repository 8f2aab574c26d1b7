"""Changes an agency: its name, or its zone and office hours, which are a new calendar version that deadlines follow."""

from collections.abc import Mapping
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.office_hours import office_of, read_office
from engine.storage import calendars, people, personnel, recomputations
from engine.storage.history import append_administration

FIELDS = ("name", "zone", "office")


def change_agency(
    context: Context, actor: Actor | None, code: str, changes: Mapping[str, Any], reason: str
) -> dict[str, Any]:
    """Writes `changes` (any of name, zone, office; office None = the hours of Perpres 21/2023).

    Returns:
        `{code, reason, old, new, version, recomputing}`: the calendar version, and how many
        requests workers reckon by it.

    Raises:
        Forbidden. NotFound: no such agency. InvalidInput: an unknown field, a wrong value, or no reason.
        OfficeHoursRefused: hours that make no sense.
    """
    rules.require_administrator(actor)
    rules.changes(changes, FIELDS)
    reason, values = rules.text("reason", reason, 500), _values(changes)

    with context.database.write() as connection:
        row, now = people.agency_row(connection, code), context.clock.now()
        if row is None:
            raise NotFound(f"Expected the agency '{code}' to exist, but it does not.")
        known = {"name": row.name, "zone": row.zone, "office": read_office(row.office)}
        old = {name: known[name] for name in values}
        new = {name: value for name, value in values.items() if value != old[name]}
        version, recomputing = calendars.current_version(connection), 0
        made: dict[str, Any] = {}
        if "zone" in new or "office" in new:
            day = people.local_day(connection, row.id, now)
            before = office_of(row.zone, known["office"])
            calendars.keep_first_office(connection, row.id, day, before, now)
            office = office_of(new.get("zone", row.zone), new.get("office", known["office"]))
            change = {"date": day, "name": None, "category": calendars.OFFICE, "agency_id": row.id, "office": office}
            by = actor.username if actor else "alur"
            version = calendars.add_changes(connection, [change], decree=reason[:200], at=now, by=by)
            recomputing = recomputations.add_job(connection, version, row.id, now)
            made = {"calendar": {"version": version, "date": day.isoformat(), "before": before, "office": office}}
        if new:
            personnel.update_agency(connection, row.id, new)
            data = {"code": code, "reason": reason, "old": {name: old[name] for name in new}, "new": new, **made}
            append_administration(connection, actor, "agency_changed", data, now)
    return {"code": code, "reason": reason, "old": old, "new": new, "version": version, "recomputing": recomputing}


def _values(changes: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(changes)
    if "name" in values:
        values["name"] = rules.text("name", values["name"], 200)
    if "zone" in values:
        values["zone"] = rules.zone(values["zone"])
    if "office" in values:
        values["office"] = read_office(values["office"])
    return values
