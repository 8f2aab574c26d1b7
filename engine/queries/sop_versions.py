"""One SOP in the register: its versions with who, when and why, the requests that run on each, and its draft."""

from typing import Any

from sqlalchemy import Connection, Row, func, select

from engine.assignment import Actor, may_read_draft
from engine.context import Context
from engine.diagram.parse import parse_diagram
from engine.errors import NotFound
from engine.history.chain import moment
from engine.model import UNENDED
from engine.queries.drafts import draft_item
from engine.queries.sops import require_reader
from engine.storage.definitions import zone_of
from engine.storage.drafts import draft_row
from engine.storage.tables import definitions, instances


def sop_versions(context: Context, actor: Actor, key: str) -> dict[str, Any]:
    """`{key, name, identity, zone, in_force, versions[], draft}`, newest first; `draft` None when hidden or absent.

    Raises:
        Forbidden: who does not read the register. NotFound: no such SOP.
    """
    require_reader(actor)
    now = context.clock.now()
    with context.database.read() as connection:
        rows = connection.execute(
            select(definitions).where(definitions.c.key == key).order_by(definitions.c.version.desc())
        ).all()
        drawn = draft_row(connection, key)
        if drawn is not None and not may_read_draft(actor, drawn.status):
            drawn = None
        if not rows and drawn is None:
            raise NotFound(f"Expected an SOP '{key}', but there is none.")
        counts = _open_by_version(connection, key)
        zone = zone_of(connection, rows[0].agency_id if rows else None)
    return {
        "key": key, "name": rows[0].name if rows else drawn.name if drawn else key, "zone": zone,
        "identity": parse_diagram(rows[0].xml).main.identity if rows else None,
        "in_force": next((row.version for row in rows if row.effective_at is None or row.effective_at <= now), None),
        "versions": [_version(row, counts.get(row.version, 0)) for row in rows],
        "draft": draft_item(drawn) if drawn is not None else None,
    }  # fmt: skip


def _open_by_version(connection: Connection, key: str) -> dict[int, int]:
    query = (
        select(definitions.c.version, func.count().label("open"))
        .join(instances, instances.c.definition_id == definitions.c.id)
        .where(definitions.c.key == key, instances.c.status.in_(UNENDED))
        .group_by(definitions.c.version)
    )
    return {row.version: row.open for row in connection.execute(query)}


def _version(row: Row[Any], running: int) -> dict[str, Any]:
    return {
        "version": row.version, "name": row.name, "hash": row.hash, "deployed_at": moment(row.deployed_at),
        "deployed_by": row.deployed_by, "effective_at": moment(row.effective_at) if row.effective_at else None,
        "submitted_by": row.submitted_by, "reviewed_by": row.reviewed_by, "reason": row.reason, "running": running,
    }  # fmt: skip
