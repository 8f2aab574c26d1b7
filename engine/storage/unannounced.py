"""Tasks that opened and whose performers have not been told yet."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, update

from engine.storage.tables import tasks


def claim_unannounced(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Takes up to `limit` tasks and marks them announced in the caller's transaction."""
    rows = connection.execute(
        select(tasks).where(~tasks.c.announced).order_by(tasks.c.id).limit(limit).with_for_update(skip_locked=True)
    ).all()
    if rows:
        connection.execute(update(tasks).where(tasks.c.id.in_([row.id for row in rows])).values(announced=True))
    return rows
