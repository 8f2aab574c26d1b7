"""Drafts of definitions, for analysts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from engine.assignment import Actor, may_deploy, may_read_draft
from engine.context import Context
from engine.drafting import etag
from engine.errors import Forbidden, NotFound
from engine.history.chain import moment
from engine.queries.cursor import decode, page_of
from engine.storage.drafts import draft_row, draft_rows, files_of


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with everything it carries, exactly as saved; `facts` is what lists show of it."""

    facts: dict[str, Any]
    xml: bytes
    forms: Mapping[str, bytes]
    decisions: Mapping[str, bytes]


def draft_item(row: Row[Any]) -> dict[str, Any]:
    """A draft's row as the API shows it."""
    return {
        "key": row.key, "name": row.name, "profile": row.profile, "version": row.version, "etag": etag(row),
        "status": row.status, "updated_at": moment(row.updated_at), "updated_by": row.updated_by,
        "submitted_at": moment(row.submitted_at) if row.submitted_at else None, "submitted_by": row.submitted_by,
        "submit_note": row.submit_note, "reviewed_at": moment(row.reviewed_at) if row.reviewed_at else None,
        "reviewed_by": row.reviewed_by, "review_note": row.review_note,
    }  # fmt: skip


def list_drafts(context: Context, actor: Actor, *, limit: int = 50, cursor: str | None = None) -> dict[str, Any]:
    """One page of drafts by key: `{items, next_cursor}`. Raises Forbidden, InvalidInput."""
    _require_analyst(actor)
    after = decode(cursor, str)[0] if cursor else ""
    with context.database.read() as connection:
        rows = draft_rows(connection, after, limit + 1)
    return page_of(rows, limit, lambda row: (row.key,), draft_item)


def draft_contents(context: Context, actor: Actor, key: str) -> Draft:
    """A draft with its diagram, forms and decisions. Raises Forbidden, NotFound."""
    with context.database.read() as connection:
        row = draft_row(connection, key)
        if row is None:
            _require_analyst(actor)
            raise NotFound(f"Expected a draft '{key}', but there is none.")
        if not may_read_draft(actor, row.status):
            raise Forbidden("Expected an analyst to read a draft in work.")
        forms, decisions = files_of(connection, key, "form"), files_of(connection, key, "decision")
    return Draft(draft_item(row), row.xml, forms, decisions)


def draft(context: Context, actor: Actor, key: str) -> tuple[dict[str, Any], bytes]:
    """What is known of a draft, with the keys of its files, and its diagram as saved. Raises Forbidden, NotFound."""
    found = draft_contents(context, actor, key)
    return found.facts | {"forms": sorted(found.forms), "decisions": sorted(found.decisions)}, found.xml


def _require_analyst(actor: Actor) -> None:
    if not may_deploy(actor):
        raise Forbidden("Expected an analyst to read drafts.")
