"""Creates an agency (perangkat daerah): the owner of posts, calendars and registration numbers."""

from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import Conflict
from engine.storage import people, personnel
from engine.storage.history import append_administration


def create_agency(
    context: Context, actor: Actor | None, *, code: str, name: str, zone: str = "Asia/Jakarta"
) -> dict[str, Any]:
    """Creates the agency `code`; `zone` is one of Indonesia's time zones (IANA).

    Raises:
        Forbidden: the actor is no administrator.
        InvalidInput: a field of the wrong shape, or a zone elsewhere.
        Conflict: the code is taken.
    """
    rules.require_administrator(actor)
    code, name, zone = rules.key("code", code), rules.text("name", name, 200), rules.zone(zone)

    with context.database.write() as connection:
        if people.agency_id(connection, code) is not None:
            raise Conflict(f"Expected a new agency code, but '{code}' exists.")
        data = {"code": code, "name": name, "zone": zone}
        personnel.insert_agency(connection, data)
        append_administration(connection, actor, "agency_created", data, context.clock.now())
    return data
