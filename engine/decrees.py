"""What a decree says about the working calendar: its number and its days, read and checked (pure)."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from engine.errors import InvalidInput

RAMADAN = "ramadan"  # the date is the first day of fasting, the name the last (ISO)
WITHDRAWN = "dicabut"  # a working day again
CATEGORIES = ("nasional", "cuti_bersama", "daerah", WITHDRAWN, RAMADAN)
LONGEST_SPAN = 60  # days of one line
FIRST_YEAR, LAST_YEAR = 2000, 2100


def read_changes(changes: Sequence[dict[str, Any]], decree: str) -> list[dict[str, Any]]:
    """The rows `{date, name, category, agency_id}` that the changes of a decree make.

    Args:
        changes: `{date: "2026-06-01", until?, name: str | None, category?, agency_id?}`; name None = a working day;
            `until` makes the line a span of days, both included; for category "ramadan" it (or the name, ISO) is the
            last day of fasting.
        decree: its number, the reason that history keeps.

    Raises:
        InvalidInput: no decree, no days, or a change that cannot be read; each names its field.
    """
    errors = [] if 0 < len(decree.strip()) <= 200 else [_error("decree", "Nomor keputusan wajib diisi.")]
    rows: list[dict[str, Any]] = []
    for number, change in enumerate(changes):
        rows += _rows(f"changes.{number}", change, errors)
    if errors or not rows:
        raise InvalidInput("Expected days and a decree number, but something is missing.", errors)
    return rows


def facts_of(version: int, decree: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What history keeps of the version that a decree made: all of its rows, by which the calendar can be checked."""
    return {"version": version, "decree": decree, "changes": [{**row, "date": str(row["date"])} for row in rows]}


def _rows(place: str, change: dict[str, Any], errors: list[dict[str, str]]) -> list[dict[str, Any]]:
    name = change.get("name") or None
    category = change.get("category") or ("nasional" if name else WITHDRAWN)
    first, last = _day(change.get("date")), _day(change.get("until") or change.get("date"))
    if category == RAMADAN:
        last = _day(change.get("until") or name)
    if category not in CATEGORIES:
        errors.append(_error(f"{place}.category", f"Salah satu dari {', '.join(CATEGORIES)}."))
    elif first is None:
        errors.append(_error(f"{place}.date", "Tanggal harus YYYY-MM-DD."))
    elif category == RAMADAN and (last is None or not first < last <= first + timedelta(LONGEST_SPAN)):
        errors.append(_error(f"{place}.name", "Hari terakhir puasa, YYYY-MM-DD."))
    elif last is None or not first <= last <= first + timedelta(LONGEST_SPAN):
        errors.append(_error(f"{place}.until", f"Hari terakhir, paling jauh {LONGEST_SPAN} hari sesudah yang pertama."))
    elif name is None and category not in (WITHDRAWN, RAMADAN):
        errors.append(_error(f"{place}.name", "Nama hari libur wajib diisi."))
    elif name is not None and len(name) > 200:
        errors.append(_error(f"{place}.name", "Paling banyak 200 karakter."))
    else:
        common = {"category": category, "agency_id": change.get("agency_id")}
        if category == RAMADAN:
            return [{"date": first, "name": last.isoformat(), **common}]
        days = [first + timedelta(step) for step in range((last - first).days + 1)]
        return [{"date": day, "name": None if category == WITHDRAWN else name, **common} for day in days]
    return []


def _day(value: Any) -> date | None:
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _error(field: str, message: str) -> dict[str, str]:
    return {"field": field, "message": message}
