"""Creates an agency (perangkat daerah): the owner of posts, calendars and registration numbers."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import Conflict, InvalidInput
from engine.storage import people, personnel
from engine.storage.history import append_administration


def create_agency(
    context: Context, actor: Actor | None, *, code: str, name: str, zone: str = "Asia/Jakarta"
) -> dict[str, Any]:
    """Creates the agency `code`; `zone` is its IANA time zone.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidInput: a field of the wrong shape, or an unknown zone.
        Conflict: the code is taken.
    """
    rules.require_administrator(actor)
    code, name = rules.key("code", code), rules.text("name", name, 200)
    if zone not in available_timezones():
        message = f"Expected zone to be an IANA time zone such as Asia/Jakarta, but got {zone!r:.80}."
        raise InvalidInput(message, [{"field": "zone", "message": message}])
    zone = ZoneInfo(zone).key

    with context.database.write() as connection:
        if people.agency_id(connection, code) is not None:
            raise Conflict(f"Expected a new agency code, but '{code}' exists.")
        data = {"code": code, "name": name, "zone": zone}
        personnel.insert_agency(connection, data)
        append_administration(connection, actor, "agency_created", data, context.clock.now())
    return data
