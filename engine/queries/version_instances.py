"""The open requests of one version of an SOP, as far as the actor may see them."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, tuple_

from engine.assignment import Actor
from engine.context import Context
from engine.model import UNENDED
from engine.queries.cursor import decode, page_of
from engine.queries.instances import instance_item
from engine.queries.sops import require_reader
from engine.storage.access import visible
from engine.storage.definitions import find_id
from engine.storage.tables import definitions, instances


def version_instances(
    context: Context, actor: Actor, key: str, version: int, *, limit: int = 25, cursor: str | None = None
) -> dict[str, Any]:
    """One page of open requests on `version`, newest first: `{items, next_cursor}`.

    Raises:
        Forbidden: who does not read the register. NotFound: no such version. InvalidInput: a foreign cursor.
    """
    require_reader(actor)
    with context.database.read() as connection:
        query = (
            select(instances, definitions.c.key, definitions.c.version.label("definition_version"), definitions.c.name)
            .join(definitions, definitions.c.id == instances.c.definition_id)
            .where(instances.c.definition_id == find_id(connection, key, version), instances.c.status.in_(UNENDED),
                   visible(actor))
            .order_by(instances.c.started_at.desc(), instances.c.id.desc())
            .limit(limit + 1)
        )  # fmt: skip
        if cursor:
            started, last = decode(cursor, datetime, str)
            query = query.where(tuple_(instances.c.started_at, instances.c.id) < tuple_(started, last))
        rows = connection.execute(query).all()
    return page_of(rows, limit, lambda row: (row.started_at, row.id), instance_item)
