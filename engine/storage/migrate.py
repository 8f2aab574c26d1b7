"""Brings a database's schema up to date: the home of Alembic. Migrations lie in `engine/storage/migrations`."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import DatabaseError, OperationalError

from engine.errors import StorageUnavailable
from engine.storage.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(engine: Engine) -> None:
    """Applies what is missing, in one transaction; nothing when the schema is current. Safe from many processes.

    Raises:
        StorageUnavailable: the database cannot be reached or written.
    """
    try:
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
    except DatabaseError as error:
        if not isinstance(error, OperationalError) and type(error) is not DatabaseError:
            raise  # a migration that is wrong; a file that is no database has the bare class
        address = engine.url.render_as_string(hide_password=True)
        raise StorageUnavailable(f"Expected a database at {address}, but it cannot be opened: {error.orig}.") from error


def differences(engine: Engine) -> list[Any]:
    """What the database's schema lacks or has too much against `engine.storage.tables`; empty when it is current."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
    return found


def is_empty(engine: Engine) -> bool:
    """Whether the database holds no table at all; a file that is no database is not empty either."""
    try:
        return not inspect(engine).get_table_names()
    except DatabaseError:
        return False


def revision(engine: Engine) -> str:
    """Which schema the database has; empty when it has none."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""
