"""What a person has read of the notifications: everything until a moment, and single ones since."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from engine.storage.tables import notification_marks, notification_reads


def read_until(connection: Connection, person_id: int) -> datetime | None:
    """The moment until which everything is read; None when nothing ever was marked."""
    query = select(notification_marks.c.read_until).where(notification_marks.c.person_id == person_id)
    return connection.execute(query).scalar_one_or_none()


def read_of(connection: Connection, person_id: int, ids: Iterable[str]) -> set[str]:
    """Those of `ids` that were read singly."""
    query = select(notification_reads.c.notification).where(
        notification_reads.c.person_id == person_id, notification_reads.c.notification.in_(list(ids))
    )
    return set(connection.execute(query).scalars())


def mark_until(connection: Connection, person_id: int, moment: datetime) -> None:
    """Everything until `moment` is read; single marks are no longer needed."""
    for table in (notification_marks, notification_reads):
        connection.execute(delete(table).where(table.c.person_id == person_id))
    connection.execute(insert(notification_marks).values(person_id=person_id, read_until=moment))


def mark(connection: Connection, person_id: int, ids: Iterable[str]) -> None:
    """Single notifications are read; those that were read already stay so."""
    wanted = set(ids)
    fresh = sorted(wanted - read_of(connection, person_id, wanted))
    if fresh:
        rows = [{"person_id": person_id, "notification": one} for one in fresh]
        connection.execute(insert(notification_reads), rows)
