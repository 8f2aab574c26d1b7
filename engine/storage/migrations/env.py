"""Alembic's entry: migrates the connection it is given (engine.storage.migrate), or Flask-Migrate's engine.

One process migrates at a time: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock.
"""

from alembic import context
from sqlalchemy import Connection

from engine.storage.tables import metadata

ADVISORY_LOCK = 41_1945  # any number, the same in every process


def _migrate(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        context.run_migrations()


_given = context.config.attributes.get("connection")
if _given is not None:
    _migrate(_given)
else:
    with context.config.attributes["engine"].connect() as _connection:
        _migrate(_connection)
        _connection.commit()
