"""What the site says of itself; everybody reads it."""

from engine.context import Context
from engine.site import Site
from engine.storage.site import load_site


def site(context: Context) -> Site:
    """The stored settings in force."""
    with context.database.glance() as connection:
        return load_site(connection)
