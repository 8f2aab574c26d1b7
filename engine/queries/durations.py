"""How long activities really took: working minutes from the moment a task opened until it was completed."""

from sqlalchemy import Connection, select

from engine.storage.tables import definitions, instances, tasks
from engine.working_calendar import WorkingCalendar

MOST_SAMPLES = 1_000  # of one activity, the newest


def measured_minutes(connection: Connection, key: str, calendar: WorkingCalendar) -> dict[str, list[int]]:
    """Working minutes of completed tasks by element id, newest first, over all versions of a definition.

    What somebody waited before being served lies inside: history knows when a task opened, not when work on it began.
    """
    rows = connection.execute(
        select(tasks.c.element_id, tasks.c.opened_at, tasks.c.completed_at)
        .join(instances, instances.c.id == tasks.c.instance_id)
        .join(definitions, definitions.c.id == instances.c.definition_id)
        .where(definitions.c.key == key, tasks.c.status == "completed", tasks.c.kind == "user")
        .order_by(tasks.c.completed_at.desc())
        .limit(MOST_SAMPLES * 100)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        samples = found.setdefault(row.element_id, [])
        if len(samples) < MOST_SAMPLES:
            samples.append(calendar.working_minutes_between(row.opened_at, row.completed_at))
    return found
