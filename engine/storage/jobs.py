"""Jobs are rows of `tasks` with kind "job": claimed under a lease by external workers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, or_, select, update

from engine.storage.tables import instances, tasks


def claim_jobs(
    connection: Connection, type_: str, now: datetime, until: datetime, worker: str, limit: int
) -> Sequence[Row[Any]]:
    """Leases up to `limit` free jobs of a type, oldest first; each row comes with its instance's state."""
    rows = connection.execute(
        select(tasks, instances.c.state)
        .join(instances, instances.c.id == tasks.c.instance_id)
        .where(
            tasks.c.kind == "job", tasks.c.status == "open", tasks.c.role == type_,
            instances.c.status.in_(("running", "incident")),
            or_(tasks.c.lease_until.is_(None), tasks.c.lease_until < now),
            or_(tasks.c.retries.is_(None), tasks.c.retries > 0),
        )
        .order_by(tasks.c.opened_at, tasks.c.id)
        .limit(limit)
        .with_for_update(of=tasks, skip_locked=True)
    ).all()  # fmt: skip
    if rows:
        connection.execute(
            update(tasks).where(tasks.c.id.in_([row.id for row in rows])).values(worker=worker, lease_until=until)
        )
    return rows


def release_job(connection: Connection, job_id: str) -> None:
    """Ends a lease, so that the job can be handed out again at once."""
    connection.execute(update(tasks).where(tasks.c.id == job_id).values(worker=None, lease_until=None))
