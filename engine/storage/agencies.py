"""Agencies as rows: which one a request belongs to, and so whose hours, zone and number series apply."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from engine.assignment import Actor
from engine.errors import InvalidInput
from engine.storage.tables import agencies

_columns = select(agencies.c.id, agencies.c.code, agencies.c.zone)


@dataclass(frozen=True, slots=True)
class Agency:
    """Row id, code (the beginning of its registration numbers) and IANA time zone."""

    id: int
    code: str
    zone: str


def agency_for_start(connection: Connection, agency_id: int | None, actor: Actor | None) -> Agency:
    """The agency of the definition, else of the starter's first post, else the first one; made if there is none yet."""
    if agency_id is None and actor is not None and actor.posts:
        agency_id = actor.posts[0].agency_id
    query = _columns.order_by(agencies.c.id).limit(1)
    if agency_id is not None:
        query = query.where(agencies.c.id == agency_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        connection.execute(insert(agencies).values(code="instansi", name="Instansi"))
        row = connection.execute(_columns.order_by(agencies.c.id).limit(1)).one()
    return Agency(row.id, row.code, row.zone)


def require_agencies(connection: Connection, ids: Collection[int]) -> None:
    """Passes when all of `ids` are agencies.

    Raises:
        InvalidInput: some are not.
    """
    known = set(connection.execute(select(agencies.c.id).where(agencies.c.id.in_(ids))).scalars())
    unknown = sorted(set(ids) - known)
    if unknown:
        message = f"Expected the ids of agencies, but {unknown} are none."
        raise InvalidInput(message, [{"field": "changes.agency_id", "message": message}])


def agency_named(connection: Connection, name: str) -> int | None:
    """The row id of the agency of this name, upper and lower case alike."""
    return connection.execute(select(agencies.c.id).where(func.lower(agencies.c.name) == name.lower())).scalar()


def first_agency(connection: Connection) -> int | None:
    """The row id of the first agency, None while there is none."""
    return connection.execute(select(agencies.c.id).order_by(agencies.c.id).limit(1)).scalar()
