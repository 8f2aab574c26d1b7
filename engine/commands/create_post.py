"""Creates a post (jabatan) in an agency, with the roles that it gives to whoever holds it."""

from collections.abc import Sequence
from typing import Any

from engine import people as rules
from engine.assignment import Actor
from engine.context import Context
from engine.errors import NotFound
from engine.storage import people, personnel
from engine.storage.history import append_administration


def create_post(
    context: Context,
    actor: Actor | None,
    *,
    agency_code: str,
    title: str,
    unit: str = "",
    roles: Sequence[str] = (),
    superior_id: int | None = None,
) -> dict[str, Any]:
    """Creates a post and returns it with its `id`.

    Raises:
        Forbidden: the actor is no administrator.
        InvalidInput: a field of the wrong shape.
        NotFound: no such agency, role or superior post.
    """
    rules.require_administrator(actor)
    title, unit = rules.text("title", title, 200), rules.text("unit", unit, 200, empty=True)
    granted = sorted({rules.key("roles", role) for role in roles})

    with context.database.write() as connection:
        agency_id = people.agency_id(connection, agency_code)
        if agency_id is None:
            raise NotFound(f"Expected the agency '{agency_code}' to exist, but it does not.")
        missing = set(granted) - people.existing_roles(connection, granted)
        if missing:
            raise NotFound(f"Expected the roles {', '.join(sorted(missing))} to exist, but they do not.")
        if superior_id is not None and people.post_row(connection, superior_id) is None:
            raise NotFound(f"Expected the superior post {superior_id} to exist, but it does not.")
        values = {"agency_id": agency_id, "unit": unit, "title": title, "superior_id": superior_id}
        post_id = personnel.insert_post(connection, values, granted)
        data = {
            "id": post_id, "agency_code": agency_code, "unit": unit, "title": title, "roles": granted,
            "superior_id": superior_id,
        }  # fmt: skip
        append_administration(connection, actor, "post_created", data, context.clock.now())
    return data
