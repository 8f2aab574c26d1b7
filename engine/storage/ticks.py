"""When each job of each worker process last looked for work; one row for each, overwritten."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.storage.tables import worker_ticks

FORGOTTEN = timedelta(days=2)  # a process that did not tick for so long is gone


def put_tick(connection: Connection, job: str, worker: str, at: datetime, settled: int, error: str | None) -> None:
    """Writes the tick of a job, and forgets processes that are gone."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {"at": at, "settled": settled, "error": error}
    statement = make(worker_ticks).values(job=job, worker=worker, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["job", "worker"], set_=values))
    connection.execute(delete(worker_ticks).where(worker_ticks.c.at < at - FORGOTTEN))


def ticks(connection: Connection) -> Sequence[Row[Any]]:
    """Every tick, by job, the newest first."""
    return connection.execute(select(worker_ticks).order_by(worker_ticks.c.job, worker_ticks.c.at.desc())).all()
