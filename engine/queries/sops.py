"""The register of SOPs: every key with its newest version, its draft and how many requests run on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select, union

from engine.assignment import Actor, may_read_draft, may_read_sops
from engine.context import Context
from engine.errors import Forbidden
from engine.history.chain import moment
from engine.model import UNENDED
from engine.queries.cursor import decode, encode
from engine.storage.tables import agencies, definition_drafts, definitions, instances

STATES = ("draft", "in_review", "approved")
_newest = (
    select(definitions.c.key, func.max(definitions.c.version).label("version")).group_by(definitions.c.key).subquery()
)
_keys = union(select(definitions.c.key), select(definition_drafts.c.key)).subquery()


@dataclass(frozen=True, slots=True)
class SopFilter:
    """What to show: words of the name or key, an agency's row id, the state of the draft."""

    q: str | None = None
    agency_id: int | None = None
    state: str | None = None


def require_reader(actor: Actor) -> None:
    """Raises Forbidden unless the actor may read the register."""
    if not may_read_sops(actor):
        raise Forbidden("Expected an analyst, leader, auditor or administrator, but you are none.")


def list_sops(
    context: Context, actor: Actor, wanted: SopFilter, *, limit: int = 50, cursor: str | None = None
) -> dict[str, Any]:
    """One page of SOPs by name: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    require_reader(actor)
    query = _query(actor, wanted).limit(limit + 1)
    if cursor:
        name, key = decode(cursor, str, str)
        shown = func.coalesce(definitions.c.name, definition_drafts.c.name)
        query = query.where(or_(shown > name, and_(shown == name, _keys.c.key > key)))
    with context.database.read() as connection:
        rows = connection.execute(query).all()
        page = rows[:limit]
        running = _running(connection, [row.key for row in page])
    return {
        "items": [_item(row, running.get(row.key, 0)) for row in page],
        "next_cursor": encode(page[-1].name, page[-1].key) if len(rows) > limit else None,
    }


def sop_agencies(context: Context) -> list[dict[str, Any]]:
    """The agencies that have SOPs, by name."""
    query = (
        select(agencies.c.id, agencies.c.name)
        .where(agencies.c.id.in_(select(definitions.c.agency_id)))
        .order_by(agencies.c.name)
    )
    with context.database.read() as connection:
        return [{"id": row.id, "name": row.name} for row in connection.execute(query)]


def _query(actor: Actor, wanted: SopFilter) -> Any:
    name = func.coalesce(definitions.c.name, definition_drafts.c.name)
    visible = [state for state in STATES if may_read_draft(actor, state)]
    drafted = and_(definition_drafts.c.key == _keys.c.key, definition_drafts.c.status.in_(visible))
    query = (
        select(_keys.c.key, name.label("name"), definitions.c.version, definitions.c.deployed_at,
               agencies.c.name.label("agency"), definition_drafts.c.status.label("draft"),
               definition_drafts.c.updated_by)
        .outerjoin(_newest, _newest.c.key == _keys.c.key)
        .outerjoin(definitions, and_(definitions.c.key == _newest.c.key, definitions.c.version == _newest.c.version))
        .outerjoin(definition_drafts, drafted)
        .outerjoin(agencies, agencies.c.id == definitions.c.agency_id)
        .where(name.is_not(None))
        .order_by(name, _keys.c.key)
    )  # fmt: skip
    for word in (wanted.q or "").split():
        query = query.where(or_(name.icontains(word, autoescape=True), _keys.c.key.icontains(word, autoescape=True)))
    if wanted.agency_id is not None:
        query = query.where(definitions.c.agency_id == wanted.agency_id)
    if wanted.state is not None:
        query = query.where(definition_drafts.c.status == wanted.state)
    return query


def _running(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """How many requests are open on any version of these SOPs."""
    query = (
        select(definitions.c.key, func.count().label("open"))
        .join(instances, instances.c.definition_id == definitions.c.id)
        .where(definitions.c.key.in_(keys), instances.c.status.in_(UNENDED))
        .group_by(definitions.c.key)
    )
    return {row.key: row.open for row in connection.execute(query)}


def _item(row: Row[Any], running: int) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name or row.key, "agency": row.agency, "version": row.version,
        "deployed_at": moment(row.deployed_at) if row.deployed_at else None, "draft": row.draft,
        "edited_by": row.updated_by if row.draft else None, "running": running,
    }  # fmt: skip
