"""Instance and task rows: loaded under a row lock in one SELECT, begun, given drafts (record.py stores their steps).

SQLite takes its lock with BEGIN IMMEDIATE, PostgreSQL with FOR UPDATE OF instances; either way two commands on one
instance run one after the other, and commands on different instances do not wait for each other on PostgreSQL.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.calendars import newest_version
from engine.storage.prepared import Prepared
from engine.storage.tables import agencies, instances, registration_counters, roles, subscriptions, tasks

NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # the due_key of a task without a deadline

instance_columns = (
    instances, agencies.c.zone, agencies.c.code.label("agency_code"), newest_version.label("calendar_version"),
)  # fmt: skip
instance_joined = instances.join(agencies, agencies.c.id == instances.c.agency_id)
_of_instance = (
    select(*instance_columns).select_from(instance_joined).where(instances.c.id == bindparam("wanted"))
)
_of_task = (
    select(*instance_columns, tasks.c.status.label("task_status"), tasks.c.element_id.label("task_element_id"),
           tasks.c.role.label("task_role"), tasks.c.assignee_id.label("task_assignee_id"),
           tasks.c.kind.label("task_kind"), roles.c.superior_role)
    .select_from(
        instance_joined.join(tasks, tasks.c.instance_id == instances.c.id).outerjoin(roles, roles.c.key == tasks.c.role)
    )
    .where(tasks.c.id == bindparam("wanted"))
)  # fmt: skip
_instance_locked = Prepared(_of_instance.with_for_update(of=instances))
_task_locked = Prepared(_of_task.with_for_update(of=instances))
_task_unlocked = Prepared(_of_task)


def lock_instance(connection: Connection, instance_id: str) -> Any | None:
    """The instance row with its agency's zone and code and the newest calendar version, locked; None = no such."""
    return _instance_locked.row(connection, {"wanted": instance_id})


def lock_by_task(connection: Connection, task_id: str) -> Any | None:
    """As `lock_instance`, found by one of its tasks, with that task's status, element, role and assignee."""
    return _task_locked.row(connection, {"wanted": task_id})


def by_task(connection: Connection, task_id: str) -> Any | None:
    """As `lock_by_task`, but not locked: whoever writes by it relies on the row's version."""
    return _task_unlocked.row(connection, {"wanted": task_id})


def next_ordinal(connection: Connection, agency_id: int, year: int) -> int:
    """Takes the next number of the series of an agency and year: gapless, since it rolls back with the start."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = make(registration_counters).values(agency_id=agency_id, year=year, last=1)
    statement = statement.on_conflict_do_update(
        index_elements=["agency_id", "year"], set_={"last": registration_counters.c.last + 1}
    )
    return int(connection.execute(statement.returning(registration_counters.c.last)).scalar_one())


def insert_instance(connection: Connection, row: Mapping[str, Any]) -> None:
    """Inserts a new instance row."""
    connection.execute(insert(instances), [dict(row)])


def insert_tasks(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the tasks of a new instance."""
    if rows:
        connection.execute(insert(tasks), [dict(row) for row in rows])


def update_draft(connection: Connection, task_id: str, draft: Mapping[str, Any]) -> None:
    """Keeps what was typed into a task's form."""
    connection.execute(update(tasks).where(tasks.c.id == task_id).values(draft=dict(draft)))


def rename_task(
    connection: Connection, task_id: str, *, element_id: str, name: str, lane: str, form_key: str | None, role: str
) -> None:
    """What an open task is called, asks and whose it is in the version that its request was migrated to."""
    values = {"element_id": element_id, "name": name, "lane": lane, "form_key": form_key, "role": role}
    connection.execute(update(tasks).where(tasks.c.id == task_id).values(values))


def replace_subscriptions(connection: Connection, instance_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Makes `rows` (token, kind, name, correlation) the instance's whole set of awaited messages and signals."""
    connection.execute(delete(subscriptions).where(subscriptions.c.instance_id == instance_id))
    if rows:
        connection.execute(insert(subscriptions), [{"instance_id": instance_id, **row} for row in rows])


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row of `instances` about to be inserted, with what `lock_instance` adds for stored ones."""

    id: str
    definition_id: int
    agency_id: int
    registration_number: str
    version: int
    seq: int
    confidentiality: str
    started_at: datetime
    started_by: str
    applicant_id: int | None
    zone: str

    def columns(self) -> dict[str, Any]:
        """The values that come from the start itself; state and status are added by the caller."""
        values = asdict(self)
        del values["zone"]
        return values
