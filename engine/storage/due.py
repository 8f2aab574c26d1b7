"""The due queue: instances whose earliest timer is due, claimed so that no two workers take the same one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from engine.storage.instances import instance_columns, instance_joined
from engine.storage.tables import instances

_due = (
    select(*instance_columns)
    .select_from(instance_joined)
    .order_by(instances.c.next_due_at, instances.c.id)
    .with_for_update(of=instances, skip_locked=True)
)


def claim_due_instances(connection: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Locks up to `limit` instances with a timer due at `now`, earliest first, passing over those being worked on."""
    return connection.execute(_due.where(instances.c.next_due_at <= now).limit(limit)).all()


def count_due(connection: Connection, now: datetime) -> int:
    """How many instances have a timer due at `now`."""
    query = select(func.count()).select_from(instances).where(instances.c.next_due_at <= now)
    return int(connection.execute(query).scalar_one())


def postpone(connection: Connection, instance_id: str, until: datetime) -> None:
    """Lets the due queue pass over an instance until a moment."""
    connection.execute(update(instances).where(instances.c.id == instance_id).values(next_due_at=until))
