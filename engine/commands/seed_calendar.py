"""Seeds the calendar with the national holidays and cuti bersama that are known; a no-op when there is a calendar."""

from engine import decrees
from engine.context import Context
from engine.holidays_id import FIRST_YEAR, LAST_YEAR, RAMADAN, seed_holidays
from engine.storage import calendars
from engine.storage.history import append_administration

DECREE = "SKB 3 Menteri"


def seed_calendar(context: Context) -> int:
    """Stores the days of the joint decrees (SKB 3 Menteri) as calendar version 1; returns how many."""
    days = seed_holidays(range(FIRST_YEAR, LAST_YEAR + 1))
    with context.database.write() as connection:
        if calendars.current_version(connection) > 0:
            return 0
        rows = [{"date": day.date, "name": day.name, "category": str(day.category)} for day in days]
        rows += [{"date": one.first, "name": one.last.isoformat(), "category": decrees.RAMADAN} for one in RAMADAN]
        now = context.clock.now()
        version = calendars.add_changes(connection, rows, decree=DECREE, at=now, by="alur")
        facts = decrees.facts_of(version, DECREE, rows)
        append_administration(connection, None, "calendar_seeded", facts, now)
    return len(days)
