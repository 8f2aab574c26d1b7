"""Drafts of definitions, for analysts."""

from typing import Any

from sqlalchemy import Row

from engine.assignment import Actor, may_deploy
from engine.context import Context
from engine.errors import Forbidden, NotFound
from engine.history.chain import moment
from engine.queries.cursor import decode, encode
from engine.storage.drafts import draft_row, draft_rows


def _item(row: Row[Any]) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "profile": row.profile, "version": row.version,
        "updated_at": moment(row.updated_at), "updated_by": row.updated_by,
    }  # fmt: skip


def list_drafts(context: Context, actor: Actor, *, limit: int = 50, cursor: str | None = None) -> dict[str, Any]:
    """One page of drafts by key: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    _require_analyst(actor)
    after = decode(cursor, str)[0] if cursor else ""
    with context.database.read() as connection:
        rows = draft_rows(connection, after, limit + 1)
    page = rows[:limit]
    return {
        "items": [_item(row) for row in page],
        "next_cursor": encode(page[-1].key) if len(rows) > limit else None,
    }


def draft(context: Context, actor: Actor, key: str) -> tuple[dict[str, Any], bytes]:
    """A draft and its diagram exactly as saved. Raises Forbidden, NotFound."""
    _require_analyst(actor)
    with context.database.read() as connection:
        row = draft_row(connection, key)
    if row is None:
        raise NotFound(f"Expected a draft '{key}', but there is none.")
    return _item(row), row.xml


def _require_analyst(actor: Actor) -> None:
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to read drafts.")
