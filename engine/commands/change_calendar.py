"""A decree changes the calendar: a new version is stored; open deadlines are reckoned anew by recorded events."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from engine.assignment import Actor
from engine.change import open_change, store
from engine.context import Context
from engine.errors import InvalidInput
from engine.people import require_administrator
from engine.storage import agencies, calendars, instances
from engine.storage.due import running_ids
from engine.storage.history import append_administration
from engine.storage.unit_of_work import Connection

CATEGORIES = ("nasional", "cuti_bersama", "daerah", "dicabut", calendars.RAMADAN)


def change_calendar(
    context: Context, actor: Actor | None, changes: Sequence[dict[str, Any]], *, decree: str
) -> dict[str, Any]:
    """Adds days off (or makes days working days again) and moves what is open and not yet due.

    Args:
        changes: `{date: "2026-06-01", name: str | None, category, agency_id: int | None}`; name None = a working day;
            for category "ramadan" the date is the first day of fasting and the name the last (ISO).
        decree: the number of the decree, which is the reason that history keeps.

    Returns:
        `{version, moved}`: the new calendar version and how many requests got other deadlines.

    Raises:
        Forbidden. InvalidInput: no decree or a change that cannot be read.
    """
    require_administrator(actor)
    rows = _rows(changes, decree)
    with context.database.write() as connection:
        _require_agencies(connection, rows)
        by = actor.username if actor else "alur"
        version = calendars.add_changes(connection, rows, decree=decree.strip(), at=context.clock.now(), by=by)
        facts = {"version": version, "decree": decree.strip(), "changes": [{**r, "date": str(r["date"])} for r in rows]}
        append_administration(connection, actor, "calendar_changed", facts, context.clock.now())
    return {"version": version, "moved": recompute_deadlines(context, actor)}


def _require_agencies(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    wanted = {row["agency_id"] for row in rows if row.get("agency_id") is not None}
    unknown = sorted(wanted - agencies.existing(connection, wanted))
    if unknown:
        message = f"Expected the ids of agencies, but {unknown} are none."
        raise InvalidInput(message, [{"field": "changes.agency_id", "message": message}])


def recompute_deadlines(context: Context, actor: Actor | None) -> int:
    """Reckons every running request's deadlines by the newest calendar; one transaction each, safe to repeat."""
    with context.database.read() as connection:
        ids = running_ids(connection)
    moved = 0
    for instance_id in ids:
        with context.database.write() as connection:
            row = instances.lock_instance(connection, instance_id)
            if row is None or row.status not in ("running", "incident"):
                continue
            change = open_change(context, connection, actor, row)
            change.execution.recompute()
            moved += bool(change.execution.events)
            store(change)
    return moved


def _rows(changes: Sequence[dict[str, Any]], decree: str) -> list[dict[str, Any]]:
    errors = [] if decree.strip() else [{"field": "decree", "message": "Nomor keputusan wajib diisi."}]
    rows = []
    for number, change in enumerate(changes):
        try:
            day = date.fromisoformat(str(change.get("date")))
        except ValueError:
            errors.append({"field": f"changes.{number}.date", "message": "Tanggal harus YYYY-MM-DD."})
            continue
        category = change.get("category", "nasional" if change.get("name") else "dicabut")
        if category not in CATEGORIES:
            message = f"Salah satu dari {', '.join(CATEGORIES)}."
            errors.append({"field": f"changes.{number}.category", "message": message})
        name = change.get("name")
        if category == calendars.RAMADAN and not _later_day(name, day):
            errors.append({"field": f"changes.{number}.name", "message": "Hari terakhir puasa, YYYY-MM-DD."})
        rows.append({"date": day, "name": name, "category": category, "agency_id": change.get("agency_id")})
    if errors or not rows:
        raise InvalidInput("Expected days and a decree number, but something is missing.", errors)
    return rows


def _later_day(text: Any, first: date) -> bool:
    try:
        return date.fromisoformat(str(text)) > first
    except ValueError:
        return False
