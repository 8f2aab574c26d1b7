"""Whether the service can do its work now."""

from engine.context import Context
from engine.storage.probe import answers


def ready(context: Context) -> None:
    """Asks the database for a sign of life.

    Raises:
        StorageUnavailable: it gives none.
    """
    with context.database.read() as connection:
        answers(connection)
