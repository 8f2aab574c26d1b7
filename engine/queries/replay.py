"""Replay: the frames of one request's history."""

from itertools import islice
from typing import Any

from engine.assignment import Actor
from engine.context import Context
from engine.history.frames import frames
from engine.queries.cursor import decode, encode
from engine.storage import history
from engine.storage.access import require_visible


def replay(
    context: Context, actor: Actor, instance_id: str, *, limit: int = 500, cursor: str | None = None
) -> dict[str, Any]:
    """Frames in order: `{instance_id, definition, version, items, next_cursor}`. Raises NotFound, InvalidInput."""
    after = decode(cursor, int)[0] if cursor else 0
    with context.database.read() as connection:
        row = require_visible(connection, actor, instance_id)
        entries = history.entries(connection, instance_id)
    found = list(islice(frames(entries, after=after), limit + 1))
    page = found[:limit]
    return {
        "instance_id": instance_id, "definition": row.key, "version": row.definition_version, "items": page,
        "next_cursor": encode(page[-1]["seq"]) if len(found) > limit else None,
    }  # fmt: skip
