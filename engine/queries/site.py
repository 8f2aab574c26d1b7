"""What the site says of itself; everybody reads it."""

from engine.context import Context
from engine.site import Site, registers
from engine.storage.site import load_site


def site(context: Context) -> Site:
    """The stored settings in force."""
    with context.database.glance() as connection:
        return load_site(connection)


def registration_open(context: Context) -> bool:
    """Whether citizens may register themselves."""
    return registers(site(context), demo=context.settings.demo)
