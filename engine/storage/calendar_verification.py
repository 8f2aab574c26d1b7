"""The working calendar against the acts of administration that made it: every version, row by row. Reads only."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.history.chain import Problem, moment
from engine.storage.calendars import OFFICE
from engine.storage.history import ADMINISTRATION
from engine.storage.tables import agencies, calendar_changes, history

SEEDED = "calendar_seeded"
_DECREES = (SEEDED, "calendar_changed")
Facts = tuple[Any, ...]


def check_calendar(connection: Connection) -> tuple[int, list[Problem]]:
    """How many rows the calendar has, and every version (the number of a problem) that is not as it was decided.

    Asked only when the chain of administration holds.
    """
    rows: dict[int, list[Facts]] = {}
    try:
        for row in connection.execute(select(calendar_changes).order_by(calendar_changes.c.id)):
            rows.setdefault(row.version, []).append(_stored(row))
    except ValueError:
        return 0, [Problem(0, "changed", "Expected a working calendar that can be read, but it was changed.")]
    acts = connection.execute(
        select(history)
        .where(history.c.instance_id == ADMINISTRATION, history.c.type.in_((*_DECREES, "agency_changed")))
        .order_by(history.c.seq)
    ).all()
    decided = _decided(connection, acts)
    count = sum(map(len, rows.values()))
    return count, [
        Problem(version, _kind(version, rows, decided), f"Expected version {version} of the working calendar as the"
                " administration's history says, but it was changed, removed or inserted.")
        for version in sorted(rows.keys() | decided.keys())
        if rows.get(version) != decided.get(version)
    ]  # fmt: skip


def _kind(version: int, rows: Mapping[int, Any], decided: Mapping[int, Any]) -> str:
    if version not in rows:
        return "missing"
    return "changed" if version in decided else "inserted"


def _stored(row: Row[Any]) -> Facts:
    by = (row.decree, moment(row.at), row.by)
    return row.agency_id, row.date.isoformat(), row.name, row.category, *by, json.dumps(row.office, sort_keys=True)


def _decided(connection: Connection, acts: Sequence[Row[Any]]) -> dict[int, list[Facts]]:
    """The rows that the acts made, by version; version 0 keeps what offices had before their first change."""
    ids: dict[str, int] = {row.code: row.id for row in connection.execute(select(agencies.c.code, agencies.c.id))}
    decided: dict[int, list[Facts]] = {}
    offices: dict[str, dict[str, Any]] = {}
    for act in acts:
        data, at = json.loads(act.data), moment(act.at)
        by = json.loads(act.actor)["person"] if act.actor else "alur"
        if act.type in _DECREES:
            decided[data["version"]] = [
                (one.get("agency_id"), one["date"], one["name"], one["category"], data["decree"], at, by, "null")
                for one in data["changes"]
            ]
        elif data.get("calendar"):
            code, made = data["code"], data["calendar"]
            day, agency_id = made["date"], ids.get(data["code"])
            if code not in offices:
                decided.setdefault(0, []).append(_office(agency_id, day, made["before"], "", at, "alur"))
            offices[code] = made["office"]
            decided[made["version"]] = [_office(agency_id, day, made["office"], data["reason"][:200], at, by)]
    return decided


def _office(agency_id: int | None, day: str, office: dict[str, Any], decree: str, at: str, by: str) -> Facts:
    return agency_id, day, None, OFFICE, decree, at, by, json.dumps(office, sort_keys=True)
