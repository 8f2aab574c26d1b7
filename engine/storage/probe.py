"""A sign of life from the database."""

from sqlalchemy import Connection, select

from engine.storage.tables import settings


def answers(connection: Connection) -> None:
    """Reads from a table, so that a missing schema is noticed too. Raises what the driver raises."""
    connection.execute(select(settings.c.key).limit(1)).all()
