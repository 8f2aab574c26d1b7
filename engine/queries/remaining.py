"""How much time is left for tasks, in the working time of their agencies, for people and for a traffic light."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, select

from engine.context import Context
from engine.queries.sop import deployed_version
from engine.storage.calendars import calendar_at, current_version
from engine.storage.tables import agencies, instances
from engine.working_calendar import WorkingCalendar

SOON_MINUTES = 240  # of working time: half an office day; less is "soon"
DEFAULT_ZONE = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left for one task: words ("sisa 2 jam kerja"), level late|soon|calm|none, its agency's zone (IANA)."""

    words: str
    level: str
    zone: str


def remaining(context: Context, items: Sequence[Mapping[str, Any]]) -> dict[str, Remaining]:
    """By task id, for tasks as lists show them (`id, instance_id, element_id, due_at, status`)."""
    now = context.clock.now()
    with context.database.read() as connection:
        version = current_version(connection)
        rows = connection.execute(
            select(instances.c.id, instances.c.agency_id, instances.c.definition_id, agencies.c.zone)
            .join(agencies, agencies.c.id == instances.c.agency_id)
            .where(instances.c.id.in_({item["instance_id"] for item in items}))
        ).all()  # fmt: skip
        requests = {row.id: row for row in rows}
        return {
            item["id"]: _one(context, connection, item, requests[item["instance_id"]], version, now) for item in items
        }


def _one(
    context: Context, connection: Connection, item: Mapping[str, Any], request: Any, version: int, now: datetime
) -> Remaining:
    if item["due_at"] is None or item["status"] != "open":
        return Remaining("", "none", request.zone)
    calendar: WorkingCalendar = context.calendars.get(
        (request.agency_id, version), lambda: calendar_at(connection, request.agency_id, version)
    )
    node = deployed_version(context, connection, request.definition_id).diagram.main.nodes[item["element_id"]]
    kalender = node.quality.kalender if node.quality else "kerja"
    due = datetime.fromisoformat(item["due_at"]).astimezone(UTC)
    words = calendar.describe_remaining(now, due, kalender)
    return Remaining(words, _level(calendar, kalender, now, due), request.zone)


def _level(calendar: WorkingCalendar, kalender: str, now: datetime, due: datetime) -> str:
    if due <= now:
        return "late"
    elapsed = (due - now).total_seconds() / 60
    left = calendar.working_minutes_between(now, due) if kalender == "kerja" else elapsed
    return "soon" if left < SOON_MINUTES else "calm"


def zone_of(context: Context, *, instance_id: str = "", registration_number: str = "") -> str:
    """The IANA zone of a request's agency, named by its id or number; Jakarta's when there is no such request."""
    wanted = (
        instances.c.id == instance_id if instance_id else instances.c.registration_number == registration_number
    )
    query = select(agencies.c.zone).join(instances, instances.c.agency_id == agencies.c.id).where(wanted)
    with context.database.read() as connection:
        return connection.execute(query).scalar() or DEFAULT_ZONE
