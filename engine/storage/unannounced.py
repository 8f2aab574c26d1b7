"""Tasks that opened and whose performers have not been told yet."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from engine.storage.tables import tasks

# row by row: an IN of varying length would be another statement each time, and drivers remember statements
_mark = update(tasks).where(tasks.c.id == bindparam("wanted")).values(announced=True)


def claim_unannounced(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Takes up to `limit` tasks and marks them announced in the caller's transaction."""
    rows = connection.execute(
        select(tasks).where(~tasks.c.announced).order_by(tasks.c.id).limit(limit).with_for_update(skip_locked=True)
    ).all()
    if rows:
        connection.execute(_mark, [{"wanted": row.id} for row in rows])
    return rows
