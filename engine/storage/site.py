"""The stored settings of a site: rows `site.<key>` of the table `settings`."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.site import KEYS, Site
from engine.storage.tables import settings

_PREFIX = "site."
_all = select(settings).where(settings.c.key.in_([_PREFIX + key for key in KEYS]))


def load_site(connection: Connection) -> Site:
    """The settings in force; what nobody set is empty."""
    return Site(**{row.key.removeprefix(_PREFIX): row.value for row in connection.execute(_all)})


def put_setting(connection: Connection, key: str, value: str) -> None:
    """Writes one setting."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    fresh = make(settings).values(key=_PREFIX + key, value=value)
    connection.execute(fresh.on_conflict_do_update(index_elements=["key"], set_={"value": fresh.excluded.value}))
